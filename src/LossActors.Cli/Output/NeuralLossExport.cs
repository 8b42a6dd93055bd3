using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Expressions.Export;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Cli.Output;

/// <summary>Neural losses as text that runs elsewhere, or comes back: <c>test</c> and <c>export</c> take the JSON as a file.</summary>
internal static class NeuralLossExport
{
    /// <summary>As JSON.</summary>
    public static string Json(NeuralLoss loss)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        JsonOutput.WriteLine(text, new JsonObject
        {
            ["expression"] = NeuralLoss.Name,
            ["inputs"] = new JsonArray("f", "y"),
            ["layers"] = new JsonArray([.. NeuralLoss.Widths.Select(width => (JsonNode)width)]),
            ["activation"] = "softplus",
            ["weights"] = JsonOutput.Numbers(loss.Parameters),
        });
        return text.ToString();
    }

    /// <summary>As a Python module for PyTorch.</summary>
    public static string Python(NeuralLoss loss) => PythonModule.Write(
        "loss(y, f) is a neural network of the pair (f, y): 2-50-50-1, softplus after every layer.",
        $""""
        _WIDTHS = [{string.Join(", ", NeuralLoss.Widths)}]

        # Layer by layer: the weights, row by row, then the biases.
        _PARAMETERS = [
        {string.Join('\n', loss.Parameters.Select(Number).Chunk(8).Select(row => $"    {string.Join(", ", row)},"))}
        ]


        def loss(y, f):
            """The loss of each target y and prediction f, elementwise, in their dtype."""
            parameters = torch.tensor(_PARAMETERS, dtype=f.dtype, device=f.device)
            h = torch.stack([f.reshape(-1), y.reshape(-1)], dim=1)
            at = 0
            for inputs, outputs in zip(_WIDTHS, _WIDTHS[1:]):
                weights = parameters[at:at + inputs * outputs].reshape(outputs, inputs)
                at += inputs * outputs
                h = nn.functional.softplus(nn.functional.linear(h, weights, parameters[at:at + outputs]))
                at += outputs
            return h.reshape(f.shape)
        """");

    // Nine digits give a single-precision number back.
    private static string Number(double parameter) => parameter.ToString("G9", CultureInfo.InvariantCulture);
}
