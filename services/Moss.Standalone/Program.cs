using Moss.Standalone;

var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
using var data = builder.AddStandalone();

var app = builder.Build();
app.MapStandalone();

await app.RunAsync();
