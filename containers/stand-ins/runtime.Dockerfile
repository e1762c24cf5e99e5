# Stands in for mcr.microsoft.com/dotnet/aspnet, with the .NET of the machine that builds it.
ARG DEBIAN
FROM ${DEBIAN}
RUN apt-get update && apt-get install -y --no-install-recommends libgcc-s1 libssl3 libstdc++6 tzdata zlib1g && rm -rf /var/lib/apt/lists/*
COPY certificates/ /etc/ssl/certs/
COPY dotnet/ /usr/share/dotnet/
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet && groupadd --gid 1654 app && useradd --uid 1654 --gid 1654 --create-home app
ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true
