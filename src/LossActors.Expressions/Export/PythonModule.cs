namespace LossActors.Expressions.Export;

/// <summary>A Python module for PyTorch: an elementwise <c>loss(y, f)</c> and a <c>LearnedLoss</c> to train with.</summary>
public static class PythonModule
{
    /// <summary>The module's text.</summary>
    /// <param name="about">What the loss is, for the module's description.</param>
    /// <param name="loss">Defines <c>loss(y, f)</c>, without indentation; torch and nn are imported.</param>
    public static string Write(string about, string loss) =>
        $$""""
        """A learned loss, exported by LossActors.

        {{about}}
        """
        import torch
        from torch import nn


        {{loss}}


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
