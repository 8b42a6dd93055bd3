using System.Data.Common;
using System.Net.Sockets;

namespace LossActors.Actors.Persistence;

/// <summary>Tells what may go wrong with a database, and may be over soon, from what is wrong with the program.</summary>
internal static class DatabaseTrouble
{
    public static bool Is(Exception e) => e is DbException or DatabaseException or IOException or SocketException or TimeoutException or UnauthorizedAccessException;
}
