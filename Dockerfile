# One image for each process of Moss: docker build --build-arg SERVICE=Trials .
# SERVICE is Deployment, Gateway, Implementation, Ingestion, Orchestrator, Planning or Trials. What all are made of is built once.
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG RUNTIME_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0
ARG SERVICE=Ingestion

# What packages depend on, and nothing else: the restored layer below stays until one of these files changes.
FROM ${SDK_IMAGE} AS projects
WORKDIR /source
COPY . .
RUN find . -type f ! -name '*.csproj' ! -name '*.props' ! -name '*.sln' ! -name '*.slnf' ! -name packages.lock.json ! -name global.json -delete \
 && find . -type d -empty -delete

FROM ${SDK_IMAGE} AS build
WORKDIR /source
COPY --from=projects /source .
RUN dotnet restore Containers.slnf --locked-mode
COPY .editorconfig BannedSymbols.txt ./
COPY shared/ shared/
COPY cli/ cli/
COPY services/ services/
COPY gateway/ gateway/
# Analyzers have had their say before anything is committed.
RUN dotnet publish Containers.slnf --no-restore -c Release --nologo -v q -p:UseAppHost=false -p:RunAnalyzers=false \
 && mkdir -p /published \
 && for project in artifacts/publish/Moss.*; do mv "$project/release" "/published/${project##*/}"; done \
 && for jailer in Planning Implementation; do cp -r /published/Moss.AgentTools "/published/Moss.$jailer/agent-tools"; done

FROM ${RUNTIME_IMAGE} AS bare
COPY containers/moss-healthy containers/moss-service /usr/local/bin/
RUN install -d -o "$APP_UID" -g "$APP_UID" /var/lib/moss
ENV ASPNETCORE_URLS=http://+:8080 DOTNET_EnableDiagnostics=0 Moss__Data=/var/lib/moss

FROM bare AS with-git
RUN apt-get update && apt-get install -y --no-install-recommends git openssh-client && rm -rf /var/lib/apt/lists/*

# Coding agents run in bubblewrap; python3 is what the sandboxes of most substrates want. prlimit and setpriv are in util-linux.
FROM with-git AS with-jail
RUN apt-get update && apt-get install -y --no-install-recommends bubblewrap python3 util-linux && rm -rf /var/lib/apt/lists/*

# Which process needs what.
FROM bare AS for-gateway
FROM bare AS for-orchestrator
FROM with-git AS for-deployment
FROM with-git AS for-ingestion
FROM with-git AS for-trials
FROM with-jail AS for-implementation
FROM with-jail AS for-planning

FROM for-${SERVICE} AS service
ARG SERVICE
COPY --from=build /published/Moss.${SERVICE} /app
ENV MOSS_PROGRAM=/app/Moss.${SERVICE}.dll
WORKDIR /app
USER ${APP_UID}
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=4s --start-period=180s --retries=6 CMD ["moss-healthy"]
ENTRYPOINT ["moss-service"]
