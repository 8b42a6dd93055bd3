using Akka.Actor;
using Akka.Cluster;
using CsCheck;
using LossActors.Actors.Hosting.Downing;
using Xunit;

namespace LossActors.Actors.Tests.Hosting.Downing;

public sealed class SurvivorsTests
{
    // Search nodes are called by capitals, in the order of their addresses; evaluators by small letters; those that join by a question mark behind the letter.
    [Theory]
    [InlineData("A B C", "A-B", "A C")]
    [InlineData("A B C", "B-C", "A B")]
    [InlineData("A B C", "A-B A-C", "B C")]
    [InlineData("A B C e", "A-B A-C", "B C e")]
    [InlineData("A B C e", "A-e", "A B C")]
    [InlineData("A B C e f", "e-f", "A B C e")]
    [InlineData("A B", "A-B", "A")]
    [InlineData("A B C D", "A-C A-D B-C B-D", "A B")]
    [InlineData("A B C D", "A-B C-D", "A C")]
    [InlineData("A B? e", "A-B", "A e")]
    [InlineData("A B C D? E?", "A-B A-C D-B D-C E-B E-C", "B C")]
    [InlineData("A e f", "e-A f-A", "A")]
    [InlineData("e f", "e-f", "e")]
    [InlineData("A B C D E", "A-B A-C A-D A-E B-C B-D B-E", "C D E")]
    [InlineData("A B C e", "", "A B C e")]
    [InlineData("A B e f", "B-A e-A f-A", "B e f")]
    [InlineData("A B e f", "A-B A-e f-B", "A f")]
    [InlineData("A B e f g", "A-B A-f A-g B-e", "B f g")]
    [InlineData("A B e f g", "A-B A-g B-e B-f", "A e f")]
    [InlineData("A B C e f", "C-A e-A f-A", "B C e f")]
    [InlineData("A B C D e", "A-C A-D B-C B-D A-e", "C D e")]
    [InlineData("A B e f?", "A-B A-e B-e A-f", "A")]
    public void As_many_search_nodes_as_possible_stay_that_all_hear_each_other_and_of_equally_many_those_whom_more_evaluators_hear(string members, string silences, string staying) =>
        Assert.Equal(staying, Names(Survivors.Of(Members(members), Silences(silences))));

    [Fact]
    public void Both_sides_of_a_clean_split_decide_alike_though_neither_knows_what_the_other_hears() =>
        Gen.Select(Gen.Bool.Array[1, 8], Gen.Bool.Array[8]).Sample((isLeft, isSearch) =>
        {
            var peers = isLeft.Select((_, i) => new Peer(Node((char)('A' + i)), isSearch[i], MemberStatus.Up)).ToList();
            IEnumerable<Silence> Heard(bool left) =>
                from one in Enumerable.Range(0, isLeft.Length).Where(i => isLeft[i] == left)
                from other in Enumerable.Range(0, isLeft.Length).Where(i => isLeft[i] != left)
                select new Silence(peers[one].Address, peers[other].Address);

            var (here, there) = (Survivors.Of(peers, Heard(true)), Survivors.Of(peers, Heard(false)));

            Assert.True(here.SetEquals(there));
            Assert.NotEmpty(here);
            Assert.Single(here.Select(p => isLeft[p.Address.Port!.Value - 'A']).Distinct());
        });

    [Fact]
    public void Nobody_who_stays_is_silent_to_another_and_nobody_who_hears_all_of_them_must_go() =>
        Gen.Select(Gen.Bool.Array[6], Gen.Bool.Array[15]).Sample((isSearch, isCut) =>
        {
            var peers = isSearch.Select((search, i) => new Peer(Node((char)('A' + i)), search, MemberStatus.Up)).ToList();
            var pairs = (from i in Enumerable.Range(0, 6) from j in Enumerable.Range(i + 1, 5 - i) select new Silence(peers[i].Address, peers[j].Address)).ToList();
            var silences = pairs.Where((_, i) => isCut[i]).ToList();

            var staying = Survivors.Of(peers, silences);

            Assert.DoesNotContain(silences, s => staying.Contains(s.Observer) && staying.Contains(s.Subject));
            Assert.All(
                peers.Where(p => !staying.Contains(p.Address)),
                p => Assert.Contains(silences, s => (s.Observer.Equals(p.Address) && staying.Contains(s.Subject)) || (s.Subject.Equals(p.Address) && staying.Contains(s.Observer))));
        });

    private static UniqueAddress Node(char name) => new(new Address("akka.tcp", "lossactors", "127.0.0.1", name), 1);

    private static List<Peer> Members(string members) =>
        [.. members.Split(' ').Select(m => new Peer(Node(m[0]), char.IsUpper(m[0]), m.EndsWith('?') ? MemberStatus.Joining : MemberStatus.Up))];

    private static IEnumerable<Silence> Silences(string silences) => silences.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => new Silence(Node(s[0]), Node(s[2])));

    private static string Names(IEnumerable<UniqueAddress> nodes) => string.Join(' ', nodes.Select(n => (char)n.Address.Port!.Value).Order());
}
