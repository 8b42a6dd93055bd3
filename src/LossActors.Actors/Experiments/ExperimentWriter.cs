using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Writes an <see cref="Experiment"/> so that <see cref="ExperimentReader"/> reads an equal one.</summary>
public static class ExperimentWriter
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The canonical form that is stored with a run: JSON on one line, keys in the schema's order. JSON is HOCON, so it reads back as any file.</summary>
    public static string ToJson(Experiment experiment) => ToJsonNode(experiment).ToJsonString(s_plain);

    /// <summary>The same as a JSON object, for output that holds it.</summary>
    public static JsonObject ToJsonNode(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var root = new JsonObject();
        foreach (var (key, value) in Written(experiment))
        {
            var block = root;
            foreach (var section in key.Section.Split('.', StringSplitOptions.RemoveEmptyEntries))
            {
                block = (JsonObject)(block[section] ??= new JsonObject());
            }

            block[key.Name] = value;
        }

        return new JsonObject { [ExperimentSchema.Root] = root };
    }

    /// <summary>A commented file that says everything, defaults included: ready to be copied and changed.</summary>
    public static string ToHocon(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        var text = new StringBuilder().Append(ExperimentSchema.Root).Append(" {\n");
        string[] open = [];
        foreach (var (key, value) in Written(experiment))
        {
            var section = key.Section.Split('.', StringSplitOptions.RemoveEmptyEntries);
            var common = open.Zip(section).TakeWhile(p => p.Item1 == p.Item2).Count();
            for (var i = open.Length; i > common; i--)
            {
                text.Append(' ', 2 * i).Append("}\n");
            }

            for (var i = common; i < section.Length; i++)
            {
                text.Append(' ', 2 * (i + 1)).Append(section[i]).Append(" {\n");
            }

            open = section;
            text.Append(' ', 2 * (open.Length + 1)).Append("# ").Append(key.Doc).Append('\n');
            text.Append(' ', 2 * (open.Length + 1)).Append(key.Name).Append(" = ").Append(value.ToJsonString(s_plain)).Append('\n');
        }

        for (var i = open.Length; i > 0; i--)
        {
            text.Append(' ', 2 * i).Append("}\n");
        }

        return text.Append("}\n").ToString();
    }

    /// <summary>All keys with their defaults: the manual.</summary>
    public static ImmutableArray<ExperimentKeyInfo> Manual()
    {
        var defaults = new Experiment { Name = ExperimentCatalog.Default };
        return
        [
            .. ExperimentSchema.Keys.Select(k => new ExperimentKeyInfo(
                $"{ExperimentSchema.Root}.{k.Path}", k.Type.Allowed, k.Type.Write(k.Get(defaults))?.ToJsonString(s_plain), k.Doc)),
        ];
    }

    // Keys that are not set are left out.
    private static IEnumerable<(ExperimentKey Key, JsonNode Value)> Written(Experiment experiment)
    {
        foreach (var key in ExperimentSchema.Keys)
        {
            if (key.Type.Write(key.Get(experiment)) is { } value)
            {
                yield return (key, value);
            }
        }
    }
}
