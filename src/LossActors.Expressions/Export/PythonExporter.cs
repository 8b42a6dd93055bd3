using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>Writes a Python module for PyTorch: an elementwise <c>loss(y, f)</c> and a <c>LearnedLoss</c> to train with.</summary>
internal static class PythonExporter
{
    public static string Export(Expression expression)
    {
        var statements = Statements.Of(expression, (name, value) => $"    {name} = {value}", Call, (c, term) => $"{c} * {term}");
        return $$""""
            """A learned loss, exported by LossActors.

            loss(y, f) = {{ExpressionFormatter.Infix(expression)}}

            where a / b is the analytic quotient a / sqrt(1 + b^2), and log and sqrt see max(|a|, 1e-7).
            """
            import torch
            from torch import nn


            def _clamped(a):
                return torch.clamp(torch.abs(a), min=1e-7)


            def loss(y, f):
                """The loss of each target y and prediction f, elementwise, in their dtype."""
                one = torch.ones_like(f)
            {{string.Join('\n', statements)}}
                return t0


            class LearnedLoss(nn.Module):
                """A training criterion.

                task="classification": predictions are logits, (batch, classes), or (batch,) or (batch, 1) for two classes;
                targets are class indices (batch,), or one value per logit. Summed over classes, averaged over the batch.
                task="regression": predictions and targets of one shape; averaged.
                """

                def __init__(self, task="classification"):
                    super().__init__()
                    if task not in ("classification", "regression"):
                        raise ValueError("task is 'classification' or 'regression'")
                    self.task = task

                def forward(self, predictions, targets):
                    if self.task == "regression":
                        return loss(targets.to(predictions.dtype), predictions).mean()
                    if predictions.dim() == 1:
                        predictions = predictions.unsqueeze(1)
                    classes = predictions.shape[1]
                    if classes == 1:
                        f = torch.sigmoid(predictions)
                        y = targets.reshape(f.shape).to(f.dtype)
                    else:
                        f = torch.softmax(predictions, dim=1)
                        y = nn.functional.one_hot(targets.long(), classes) if targets.dim() == 1 else targets
                    return loss(y.to(f.dtype), f).sum(dim=1).mean()

            """";
    }

    private static string Call(Primitive primitive, string[] a) => primitive switch
    {
        Primitive.Y => "y",
        Primitive.F => "f",
        Primitive.One => "one",
        Primitive.MinusOne => "-one",
        Primitive.Add => $"({a[0]} + {a[1]})",
        Primitive.Sub => $"({a[0]} - {a[1]})",
        Primitive.Mul => $"({a[0]} * {a[1]})",
        Primitive.Min => $"torch.minimum({a[0]}, {a[1]})",
        Primitive.Max => $"torch.maximum({a[0]}, {a[1]})",
        Primitive.Div => $"({a[0]} / torch.sqrt(1 + {a[1]} * {a[1]}))",
        Primitive.Log => $"torch.log(_clamped({a[0]}))",
        Primitive.Sqrt => $"torch.sqrt(_clamped({a[0]}))",
        _ => $"torch.{primitive.Name()}({a[0]})",
    };
}
