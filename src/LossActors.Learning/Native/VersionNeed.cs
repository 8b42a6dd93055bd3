namespace LossActors.Learning.Native;

/// <summary>One symbol version that a shared object requires of another (an Elf64_Vernaux).</summary>
/// <param name="Library">The soname of the object that must define it.</param>
/// <param name="Version">The version's name, such as <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Index">Its index in the version table of the dynamic symbols.</param>
/// <param name="Weak">Whether the loader only warns where it is missing.</param>
/// <param name="FlagsOffset">Where in the file its 16-bit <c>vna_flags</c> stands.</param>
internal sealed record VersionNeed(string Library, string Version, int Index, bool Weak, int FlagsOffset);
