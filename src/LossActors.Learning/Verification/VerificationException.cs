namespace LossActors.Learning.Verification;

/// <summary>A file of golden vectors that cannot be read. The message is one line: file, line, what, what to do.</summary>
public sealed class VerificationException(string message) : Exception(message);
