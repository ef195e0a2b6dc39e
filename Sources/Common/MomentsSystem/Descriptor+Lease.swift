internal import CLinux
internal import Glibc

extension Descriptor {
    /// Takes a read lease (fcntl(2), F_SETLEASE) on the file, which is open for reading only, and gives it back at once.
    ///
    /// - Returns: Why the kernel refused it, EAGAIN while somebody has the file open for writing; nil when it did not.
    public borrowing func refusalOfReadLease() -> CInt? {
        guard moments_set_lease(number, CInt(F_RDLCK)) == 0 else { return errno }
        _ = moments_set_lease(number, CInt(F_UNLCK))
        return nil
    }
}
