internal import Glibc

extension Descriptor {
    /// Locks the open file for whoever has this descriptor or a copy of it, without waiting.
    ///
    /// - Returns: Whether it is locked now; false where somebody else holds it.
    public borrowing func lock() -> Bool { flock(number, LOCK_EX | LOCK_NB) == 0 }

    /// Empties the open file and goes to its start.
    public borrowing func empty() { _ = ftruncate(number, 0) == 0 && lseek(number, 0, SEEK_SET) == 0 }
}
