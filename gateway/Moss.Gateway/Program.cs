using Moss.Gateway;

return await GatewayProcess.RunAsync(args);
