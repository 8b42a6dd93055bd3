using System.Text;
using LossActors.Cli;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await LossActorsCli.InvokeAsync(args, CliEnvironment.OfThisProcess());
