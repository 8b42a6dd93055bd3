using System.Collections.Immutable;
using System.Runtime.Serialization;
using System.Text;
using System.Text.Json;
using Akka.Actor;
using LossActors.Actors.Hosting;
using LossActors.Actors.Protocol;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Expressions.Parsing;
using Xunit;

namespace LossActors.Actors.Tests.Serialization;

public sealed class WireSerializerTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("serialization", "akka.loglevel = OFF, akka.stdout-loglevel = OFF");
    private readonly WireSerializer _serializer;

    public WireSerializerTests() => _serializer = new WireSerializer((ExtendedActorSystem)_system);

    public void Dispose() => _system.Dispose();

    [Fact]
    public void The_bytes_of_every_message_are_those_of_the_golden_file()
    {
        var lines = WireExamples.All.Select(m => $"{_serializer.Manifest(m)} {Encoding.UTF8.GetString(_serializer.ToBinary(m))}");
        Golden.AssertSame("wire.golden", lines);
    }

    [Fact]
    public void The_golden_file_is_read_and_written_again_as_it_is()
    {
        foreach (var (manifest, json) in Golden.Read("wire.golden"))
        {
            var message = _serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest);
            Assert.Equal(json, Encoding.UTF8.GetString(_serializer.ToBinary(message)));
        }
    }

    [Fact]
    public void A_protocol_from_before_refinement_had_patience_is_read_as_one_without_it()
    {
        var (manifest, json) = Golden.Read("wire.golden").First(line => line.Json.Contains("\"patience\":0,", StringComparison.Ordinal));
        var message = _serializer.FromBinary(Encoding.UTF8.GetBytes(json.Replace("\"patience\":0,", "", StringComparison.Ordinal)), manifest);
        Assert.Equal(json, Encoding.UTF8.GetString(_serializer.ToBinary(message)));
    }

    [Fact]
    public void Every_manifest_has_a_golden_line_and_every_wire_message_a_manifest()
    {
        Assert.Equal(WireSerializer.Table.Manifests.Order(), Golden.Read("wire.golden").Select(l => l.Manifest).Distinct().Order());
        var messages = typeof(IWireMessage).Assembly.GetTypes().Where(t => t.IsAssignableTo(typeof(IWireMessage)) && !t.IsAbstract);
        Assert.All(messages, type => Assert.NotEmpty(WireSerializer.Table.ManifestOf(type)));
    }

    [Fact]
    public void No_type_name_is_in_the_bytes()
    {
        Assert.All(WireExamples.All, m => Assert.DoesNotContain("LossActors", Encoding.UTF8.GetString(_serializer.ToBinary(m)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("offer.2", "{}")]
    [InlineData("LossActors.Actors.Protocol.BrokerMessages+Pause", "{}")]
    [InlineData("abort.1", "{}")]
    [InlineData("abort.1", "null")]
    [InlineData("abort.1", "{\"id\":{\"epoch\":\"e\",\"number\":1},\"more\":1}")]
    [InlineData("acknowledge.1", "{\"job\":\"Bake/1:1/0\"}")]
    [InlineData("acknowledge.1", "{\"job\":\"Train/11/0\"}")]
    [InlineData("acknowledge.1", "{\"job\":7}")]
    [InlineData("offer.1", "{\"job\":{\"id\":\"Train/1:1/0\",\"expression\":\"add(y)\",\"replicates\":1,\"learningRate\":0}}")]
    [InlineData("offer.1", "{\"job\":{\"id\":\"Train/1:1/0\",\"expression\":\"NaN*y\",\"replicates\":1,\"learningRate\":0}}")]
    [InlineData("done.1", "{\"job\":\"Train/1:1/0\",\"finding\":{\"$\":\"trained.1\",\"steps\":1,\"diverged\":false,\"seconds\":1},\"worker\":\"w\"}")]
    [InlineData("done.1", "{\"job\":\"Train/1:1/0\",\"finding\":{\"$\":\"Trained\",\"seconds\":1},\"worker\":\"w\"}")]
    [InlineData("done.1", "{\"job\":\"Train/1:1/0\",\"finding\":{\"seconds\":1},\"worker\":\"w\"}")]
    [InlineData("done.1", "\u0000\u0001")]
    public void What_the_contract_does_not_say_is_refused(string manifest, string json)
    {
        Assert.Throws<SerializationException>(() => _serializer.FromBinary(Encoding.UTF8.GetBytes(json), manifest));
    }

    [Fact]
    public void A_type_without_a_manifest_is_refused()
    {
        Assert.Throws<SerializationException>(() => _serializer.ToBinary("text"));
        Assert.Throws<SerializationException>(() => _serializer.Manifest(new Version(1, 0)));
    }

    [Fact]
    public void The_largest_expression_fits_into_a_frame()
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        void Fill(int levels)
        {
            nodes.Add(new Node(levels == 0 ? Primitive.MinusOne : Primitive.Add, -1.2345678901234567e-101));
            for (var i = 0; levels > 0 && i < 2; i++)
            {
                Fill(levels - 1);
            }
        }

        nodes.Add(new Node(Primitive.Square));
        Fill(11);
        Assert.Equal(ExpressionLimits.MaxNodes, nodes.Count);
        var finding = new Finding.Refined(new Expression(nodes.ToImmutable()), 0, 0, 1, 1);
        var bytes = _serializer.ToBinary(new SlotMessages.Result(WireExamples.Slot, new LeaseId("e", 1), [new Answer(new JobId(JobKind.Refine, new CandidateId(0, 1)), finding)]));
        var frame = ClusterHocon.Base.GetByteSize("akka.remote.dot-netty.tcp.maximum-frame-size");
        Assert.InRange(bytes.Length, 100_000, frame!.Value / 2);
        Assert.IsType<SlotMessages.Result>(_serializer.FromBinary(bytes, "result.2"));
    }

    [Fact]
    public void Ids_serve_as_keys_of_dictionaries()
    {
        var scores = new Dictionary<CandidateId, UInt128> { [new(3, 4)] = 255 };
        var json = JsonSerializer.Serialize(scores, WireJson.Options);
        Assert.Equal("{\"3:4\":\"000000000000000000000000000000ff\"}", json);
        Assert.Equal(scores, JsonSerializer.Deserialize<Dictionary<CandidateId, UInt128>>(json, WireJson.Options));
    }
}
