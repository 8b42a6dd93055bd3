using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Expressions;
using LossActors.Expressions.Known;
using LossActors.Learning.Datasets;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;

namespace LossActors.Cli.Hosting;

/// <summary>A known loss as users name it: <c>ace</c>, or with the number of classes that it is for, <c>ace/2</c>.</summary>
/// <param name="Loss">Which.</param>
/// <param name="Classes">2: the form for one sigmoid output; null: not said.</param>
internal sealed record KnownLossName(KnownLoss Loss, int? Classes)
{
    private const int UsualClasses = 10;

    /// <summary>Reads a name; null if it is none.</summary>
    /// <exception cref="CliException">What follows the name is no number of classes.</exception>
    public static KnownLossName? Find(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (KnownLosses.Find(slash < 0 ? text : text[..slash]) is not { } loss)
        {
            return null;
        }

        return slash < 0 ? new(loss, null)
            : int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var classes) && classes is >= 2 and <= 1_000_000 ? new(loss, classes)
            : throw new CliException($"{Shown.Text(text)}: after / comes the number of classes, 2 or more");
    }

    /// <summary>Its form where no task says which: for the classes that were named, else for ten.</summary>
    public Expression Form() => Form(Classes == 2 ? Prediction.Probability : Prediction.Distribution, Classes ?? UsualClasses);

    /// <summary>Its form for a task, unless classes were named.</summary>
    /// <exception cref="CliException">It does not apply to the task.</exception>
    public Expression For(EvaluationProtocol protocol)
    {
        if (Classes is not null)
        {
            return Form();
        }

        var shape = TaskShape.Of(TaskLoader.Load(protocol.Task, protocol.Seed));
        return Form(shape.Prediction, shape.Classes);
    }

    private Expression Form(Prediction prediction, int classes) =>
        Loss.Form(prediction, classes) ?? throw new CliException($"{Loss.Name} does not apply to regression; `lossactors losses` lists those that apply to any task");
}
