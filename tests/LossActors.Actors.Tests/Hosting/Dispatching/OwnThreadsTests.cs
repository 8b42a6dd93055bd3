using Akka.Actor;
using Xunit;

namespace LossActors.Actors.Tests.Hosting.Dispatching;

public sealed class OwnThreadsTests
{
    private const string Config =
        """
        akka { loglevel = OFF, stdout-loglevel = OFF }
        own { type = Dispatcher, executor = "LossActors.Actors.Hosting.Dispatching.OwnThreads, LossActors.Actors", own-threads.count = 2 }
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ActorsRunOnTheDispatchersOwnThreadsAndThoseEndWithTheSystem()
    {
        var system = ActorSystem.Create("dispatching", Config);
        var actors = Enumerable.Range(0, 20).Select(_ => system.ActorOf(Props.Create(() => new Listener()).WithDispatcher("own"))).ToList();
        var asked = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => actors[i % actors.Count].Ask<Thread>("where", s_patience)));

        var threads = asked.Distinct().ToList();
        Assert.InRange(threads.Count, 1, 2);
        Assert.All(threads, thread => Assert.Equal(("own", true, false), (thread.Name, thread.IsBackground, thread.IsThreadPoolThread)));
        await system.Terminate().WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.All(threads, thread => Assert.True(thread.Join(s_patience)));
    }

    [Fact]
    public async Task EveryMessageIsHandledOnceAndThoseOfOneSenderInTheirOrder()
    {
        const int senders = 8;
        const int messages = 5000;
        using var system = ActorSystem.Create("dispatching", Config);
        var listener = system.ActorOf(Props.Create(() => new Listener()).WithDispatcher("own"));
        await Task.WhenAll(Enumerable.Range(0, senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < messages; i++)
            {
                listener.Tell((sender, i));
            }
        })));

        var heard = await listener.Ask<IReadOnlyList<(int Sender, int Number)>>("heard", s_patience);
        Assert.All(
            Enumerable.Range(0, senders),
            sender => Assert.Equal(Enumerable.Range(0, messages), heard.Where(message => message.Sender == sender).Select(message => message.Number)));
    }

    private sealed class Listener : UntypedActor
    {
        private readonly List<(int Sender, int Number)> _heard = [];

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "where":
                    Sender.Tell(Thread.CurrentThread);
                    break;
                case "heard":
                    Sender.Tell(_heard);
                    break;
                case ValueTuple<int, int> heard:
                    _heard.Add(heard);
                    break;
            }
        }
    }
}
