# Stands in for mcr.microsoft.com/dotnet/sdk: the same, with what else the machine's .NET has and the sources it takes packages from.
ARG RUNTIME
FROM ${RUNTIME}
COPY dotnet/ /usr/share/dotnet/
COPY NuGet.Config /root/.nuget/NuGet/NuGet.Config
ARG NUGET_CERT_REVOCATION_MODE=online
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 \
    NUGET_CERT_REVOCATION_MODE=${NUGET_CERT_REVOCATION_MODE} SSL_CERT_DIR=/etc/ssl/certs
