using ControlPlane.Worker.Checks;
using ControlPlane.Worker.Engines;
using ControlPlane.Worker.Node;

return args switch
{
    [CheckProgram.Verb, ..] => await CheckProgram.Run(args),
    [EngineProgram.Verb, ..] => await EngineProgram.Run(args),
    _ => await NodeProgram.Run(args),
};
