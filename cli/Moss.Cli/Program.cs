using Moss.Cli.Features;

return await CommandLine.RunAsync(args);
