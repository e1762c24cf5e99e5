using System.CommandLine;
using Moss.Cli.Commands;
using Moss.Cli.Commands.Audit;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Commands.Substrate;
using Moss.Cli.Features;

var root = new RootCommand("Moss repairs the source code of production agent systems, on evidence and with consent.")
{
    Globals.AsJson,
    Globals.Url,
    UpCommand.Create(),
    DemoCommand.Create(),
    BenchCommand.Create(),
    DoctorCommand.Create(),
    SubstrateCommand.Create(),
    EvoCommand.Create(),
    AuditCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
