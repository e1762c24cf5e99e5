#!/bin/sh
# Compiles without a project: nothing is restored and nothing is asked of the network.
set -eu
home=$(dirname "$(readlink -f "$(command -v dotnet)")")
runtime=$(ls -d "$home"/shared/Microsoft.NETCore.App/10.* | tail -n 1)
compiler=$(ls "$home"/sdk/10.*/Roslyn/bincore/csc.dll | tail -n 1)
mkdir -p out
references=$(for file in "$runtime"/System*.dll "$runtime"/mscorlib.dll "$runtime"/netstandard.dll; do printf -- '-r:%s ' "$file"; done)
dotnet "$compiler" -nologo -nostdlib -nullable- -warn:0 -optimize+ -out:out/Trial.dll $references src/*.cs Trial.cs
printf '{"runtimeOptions": {"tfm": "net10.0", "framework": {"name": "Microsoft.NETCore.App", "version": "%s"}, "configProperties": {"System.Globalization.Invariant": true}}}\n' \
  "$(basename "$runtime")" >out/Trial.runtimeconfig.json
