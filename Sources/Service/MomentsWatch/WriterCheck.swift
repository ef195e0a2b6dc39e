internal import Glibc
public import MomentsSystem

/// Finds out whether somebody has a file open for writing.
public enum WriterCheck {
    /// What can be told.
    public enum Answer: Sendable {
        case nobody
        case somebody
        /// The kernel gives no answer here: another owner's file without the right to lease, a remote file system.
        case unknown
    }

    /// Asks for a read lease, which the kernel refuses while there is a writer, and gives it back at once.
    ///
    /// - Parameter file: Open for reading only.
    /// - Returns: The answer at this moment.
    public static func ask(_ file: borrowing Descriptor) -> Answer {
        switch file.refusalOfReadLease() {
        case nil: .nobody
        case EAGAIN: .somebody
        default: .unknown
        }
    }
}
