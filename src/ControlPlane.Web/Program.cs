using ControlPlane.Web.Composition;

// Settings and static files lie beside the program; data lies below the directory that it is started in.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
using var data = new DataLock();
try
{
    var settings = builder.AddSettings();
    data.Take(settings);
    builder.AddHost();
    builder.Services.AddStorage(settings);
    builder.Services.AddUseCases();
    builder.Services.AddAccess(settings.Data);
    builder.Services.AddApi();
    builder.Services.AddPages();
    builder.Services.AddSchedule(settings);
    builder.Services.AddLocalPrograms(builder.Configuration, settings, demonstration: args.Contains("demo"));
}
catch (SettingException wrong)
{
    return StartFault.Tell(wrong);
}

var app = builder.Build();
app.UseApiFaults();
app.UsePagesAndAccess();
app.MapHealth();
app.MapApi();
app.MapPages();
return await app.PrepareAndRun();
