using LossActors.Learning.Protocols;

namespace LossActors.Learning.Training;

/// <summary>The multi-step schedule: the rate falls by a factor at each milestone.</summary>
internal static class LearningRateSchedule
{
    /// <summary>What the base learning rate is multiplied by at a step (from 0), as PyTorch's <c>MultiStepLR</c> stepped once per step.</summary>
    public static double Factor(TrainingSettings settings, int step)
    {
        if (settings.Milestones.IsDefaultOrEmpty)
        {
            return 1;
        }

        var passed = 0;
        foreach (var milestone in settings.Milestones)
        {
            passed += step >= milestone ? 1 : 0;
        }

        return Math.Pow(settings.Decay, passed);
    }
}
