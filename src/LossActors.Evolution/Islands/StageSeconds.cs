using LossActors.Evolution.Evaluation;

namespace LossActors.Evolution.Islands;

/// <summary>Evaluator seconds that one candidate has cost, by stage; null where the stage was not run.</summary>
internal readonly record struct StageSeconds(double? Refine, double? Screen, double? Train)
{
    public double Total => Refine.GetValueOrDefault() + Screen.GetValueOrDefault() + Train.GetValueOrDefault();

    public StageSeconds With(Stage stage, double seconds)
    {
        // A finding whose clock misbehaved must not make a NaN of every later mean.
        var spent = double.IsFinite(seconds) && seconds > 0 ? seconds : 0;
        return stage switch
        {
            Stage.Refine => this with { Refine = spent },
            Stage.Screen => this with { Screen = spent },
            _ => this with { Train = spent },
        };
    }
}
