using System.Security.Cryptography;
using System.Text.Json;
using LossActors.Actors.Serialization;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Broker;

/// <summary>Names an evaluation protocol, so that a slot keeps its open bench when the next run has the same.</summary>
internal static class ProtocolHash
{
    /// <summary>SHA-256 of its wire form, hexadecimal.</summary>
    public static string Of(EvaluationProtocol protocol) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(protocol, WireJson.Options)));
}
