using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Migration;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>The island as a pure aggregate: commands give events, events give the next state.</summary>
public static class Island
{
    /// <summary>The state before the first event.</summary>
    /// <exception cref="ArgumentException">The settings contradict themselves; the message says where.</exception>
    public static IslandState Initial(IslandSettings settings)
    {
        SettingsRules.Check(settings);
        return new() { Settings = settings };
    }

    /// <summary>What follows from a command. Nothing if the command has no effect (late, repeated, not asked for).</summary>
    public static Decision Advance(IslandState state, IslandCommand command)
    {
        var events = ImmutableArray.CreateBuilder<IslandEvent>();
        if (Answer(state, command) is { } happened)
        {
            events.Add(happened);
            state = Follow(Apply(state, happened), events);
        }

        return new(events.DrainToImmutable(), state);
    }

    /// <summary>
    /// What follows from a state by itself. That of a command includes it, so it is nothing unless a crash kept only the first part of
    /// what was decided, or the settings were changed: persist it after a replay.
    /// </summary>
    public static Decision Advance(IslandState state)
    {
        var events = ImmutableArray.CreateBuilder<IslandEvent>();
        var after = Follow(state, events);
        return new(events.DrainToImmutable(), after);
    }

    /// <summary>The events of <see cref="Advance(IslandState, IslandCommand)"/>.</summary>
    public static ImmutableArray<IslandEvent> Decide(IslandState state, IslandCommand command) => Advance(state, command).Events;

    /// <summary>The events of <see cref="Advance(IslandState)"/>.</summary>
    public static ImmutableArray<IslandEvent> Follow(IslandState state) => Advance(state).Events;

    /// <summary>The state after an event. Total: never refuses an event.</summary>
    public static IslandState Apply(IslandState state, IslandEvent happened) => happened switch
    {
        IslandEvent.BudgetGranted granted => state with { Budget = state.Budget.With(granted) },
        IslandEvent.BudgetWithdrawn withdrawn => state with { Budget = state.Budget.Without(withdrawn) },
        IslandEvent.Proposed proposed => Proposing.Record(state, proposed),
        IslandEvent.Found found when state.InFlight.TryGetValue(found.Birth, out var candidate) =>
            Progress.Receive(state, candidate, found.Stage, found.Finding),
        IslandEvent.Judged judged when state.InFlight.TryGetValue(judged.Judgement.Candidate.Birth, out var candidate) =>
            Judging.Record(state, candidate, judged.Judgement),
        IslandEvent.Emigrated emigrated => Emigration.Apply(state, emigrated),
        IslandEvent.MigrantsReceived received => Immigration.Gather(state, received),
        IslandEvent.MigrantsAdmitted admitted => Immigration.Admit(state, admitted),
        IslandEvent.PopulationReset reset => Stagnation.Apply(state, reset),
        IslandEvent.Stagnated => state with { Stagnations = state.Stagnations + 1, ImprovedAt = state.Judged },
        IslandEvent.Amended amended => Amending.Apply(state, amended),
        IslandEvent.Injected injected => state with { Injections = injected.Number, Injected = state.Injected.Enqueue(injected.Expression) },
        IslandEvent.Settled settled => Settling.Apply(state, settled),
        _ => state,
    };

    /// <summary>What evaluators owe this island now, in birth order. Offered again to the broker after a restart.</summary>
    public static ImmutableArray<Assignment> Outstanding(IslandState state) => [.. state.InFlight.Keys.Select(birth => Owed(state, birth)).OfType<Assignment>()];

    /// <summary>What evaluators owe one birth now; null: nothing.</summary>
    public static Assignment? Owed(IslandState state, int birth) => state.InFlight.GetValueOrDefault(birth) is { Owed: { } stage } candidate
        ? new(state.IdOf(birth), stage, candidate.Expression) { Rungs = stage == Stage.Train ? candidate.Rungs : [] }
        : null;

    /// <summary>The next grant this island needs, by number; null while it has births left or knows that the budget is spent.</summary>
    public static int? GrantNeeded(IslandState state) =>
        !state.Budget.Exhausted && Pace.IsAtWork(state) && state.Budget.Granted - state.Proposed < Pace.Reserve(state.Settings) ? state.Budget.Grants + 1 : null;

    /// <summary>What a clone of this island gets that asks for its members.</summary>
    public static ImmutableArray<Individual> Members(IslandState state) => Settling.Members(state);

    /// <summary>The island whose members this one needs before it can begin; null: none.</summary>
    public static int? MembersNeeded(IslandState state) => Settling.From(state);

    /// <summary>Emigrants this island wants to pull now: epoch and neighbour.</summary>
    public static ImmutableArray<(int Epoch, int From)> PullsNeeded(IslandState state) =>
        [.. Migrations.Wanted(state).Select(from => (state.Epoch, from))];

    /// <summary>
    /// What a neighbour gets that pulls for an epoch. In strict mode what was put out at that epoch, null until this
    /// island has reached it, and the final best once its budget is spent. Else the latest, or before the first epoch the present best.
    /// Where emigrants leave for good, those of them that were dealt to the neighbour.
    /// </summary>
    /// <param name="state">The island that is asked.</param>
    /// <param name="epoch">The neighbour's epoch.</param>
    /// <param name="requester">The neighbour.</param>
    public static ImmutableArray<Individual>? Emigrants(IslandState state, int epoch, int requester) => Emigration.For(state, epoch, requester);

    /// <summary>Whom an event gives a full-length fitness of its own, if any. <paramref name="before"/> is the state that it is about to be applied to.</summary>
    public static Individual? Trained(IslandState before, IslandEvent happened) =>
        happened is IslandEvent.Judged { Judgement: { Verdict: Verdict.Trained } judgement } && before.InFlight.TryGetValue(judgement.Candidate.Birth, out var candidate)
            ? new(judgement.Candidate, candidate.Expression, judgement.Fitness)
            : null;

    private static IslandState Follow(IslandState state, ImmutableArray<IslandEvent>.Builder events)
    {
        while (Next(state) is { } next)
        {
            events.Add(next);
            state = Apply(state, next);
        }

        return state;
    }

    private static IslandEvent? Answer(IslandState state, IslandCommand command) => command switch
    {
        IslandCommand.Grant grant when grant.Number == state.Budget.Grants + 1 && grant.Births >= 0 =>
            new IslandEvent.BudgetGranted(grant.Number, grant.Births),
        IslandCommand.Withdraw when !state.IsSpent => new IslandEvent.BudgetWithdrawn(state.Budget.Granted - state.Proposed),
        IslandCommand.Report report when Owes(state, report) =>
            new IslandEvent.Found(report.Candidate.Birth, report.Stage, InCanonicalForm(report.Finding)),
        IslandCommand.Admit admit when admit.Epoch == state.Epoch && Migrations.Wanted(state).Contains(admit.From) =>
            Immigration.Answer(state, admit),
        IslandCommand.Amend amend when amend.Revision > state.Revision => Amending.Answer(state, amend),
        IslandCommand.Inject inject when inject.Number == state.Injections + 1 =>
            new IslandEvent.Injected(inject.Number, Canonicalizer.Canonical(inject.Expression)),
        IslandCommand.Settle settle when settle.From == Settling.From(state) => Settling.Answer(state, settle),
        _ => null,
    };

    private static IslandEvent? Next(IslandState state)
    {
        if (state.Settings.IsClosed && !state.IsSpent)
        {
            return new IslandEvent.BudgetWithdrawn(state.Budget.Granted - state.Proposed);
        }

        if (((IslandEvent?)Immigration.Due(state) ?? Emigration.Due(state)) is { } migration)
        {
            return migration;
        }

        if (Migrations.Blocks(state))
        {
            return null;
        }

        if (Stagnation.Due(state) is { } stagnation)
        {
            return stagnation;
        }

        // Strict mode proposes first (see Pace); else what was just learned serves the next proposal.
        return state.Settings.Strict ? (IslandEvent?)Propose(state) ?? Judge(state) : (IslandEvent?)Judge(state) ?? Propose(state);
    }

    private static IslandEvent.Proposed? Propose(IslandState state) => Pace.MayPropose(state) ? Proposing.Next(state) : null;

    private static IslandEvent.Judged? Judge(IslandState state) =>
        Pace.MayJudge(state) && Judging.Next(state) is { } judgement ? new IslandEvent.Judged(judgement) : null;

    private static bool Owes(IslandState state, IslandCommand.Report report) =>
        report.Candidate.Island == state.Settings.Island
        && state.InFlight.TryGetValue(report.Candidate.Birth, out var candidate)
        && candidate.Owed == report.Stage;

    private static Finding InCanonicalForm(Finding finding)
    {
        if (finding is not Finding.Refined refined)
        {
            return finding;
        }

        var canonical = Canonicalizer.Canonical(refined.Tuned);
        return canonical.IsLoss
            ? refined with { Tuned = canonical }
            : new Finding.Failed("tuning the coefficients left an expression without y or f", Poisonous: false, refined.Seconds);
    }
}
