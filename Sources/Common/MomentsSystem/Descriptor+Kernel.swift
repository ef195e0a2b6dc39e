internal import CLinux
internal import Glibc
internal import MomentsCore

extension Descriptor {
    /// Locks the open file for whoever has this descriptor or a copy of it, without waiting.
    ///
    /// - Returns: Whether it is locked now; false where somebody else holds it.
    public borrowing func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

    /// Empties the open file and goes to its start.
    public borrowing func empty() { _ = ftruncate(number, 0) == 0 && lseek(number, 0, SEEK_SET) == 0 }

    /// Takes a read lease (fcntl(2), F_SETLEASE) on the file, which is open for reading only, and gives it back at once.
    ///
    /// - Returns: Why the kernel refused it, EAGAIN while somebody has the file open for writing; nil when it did not.
    public borrowing func refusalOfReadLease() -> CInt? {
        guard moments_set_lease(number, CInt(F_RDLCK)) == 0 else { return errno }
        _ = moments_set_lease(number, CInt(F_UNLCK))
        return nil
    }

    /// The first stretch inside `range` that was never written (or is stored as a hole), if the file system can tell.
    ///
    /// - Parameter range: Where to look, in bytes.
    /// - Returns: The stretch, cut to the range; nil where there is none, or no way to know.
    public borrowing func firstHole(in range: Range<Int64>) -> Range<Int64>? {
        let hole = try? IOTimeout.with("examine", "a file", descriptor: number, Self.firstHole, number, range)
        return hole ?? nil
    }

    private static func firstHole(of number: CInt, in range: Range<Int64>) -> Range<Int64>? {
        let start = Int64(lseek(number, off_t(range.lowerBound), moments_seek_hole))
        guard start >= 0, start < range.upperBound else { return nil }
        let end = Int64(lseek(number, off_t(start), moments_seek_data))
        // No data behind the hole (ENXIO): it reaches the end of the file.
        return start..<(end < 0 ? range.upperBound : min(end, range.upperBound))
    }
}
