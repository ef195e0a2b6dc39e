internal import Glibc
internal import MomentsCore

/// Tells when something was mounted or unmounted; asks no file system anything, and wakes nobody meanwhile.
public final class MountWatch: Sendable {
    private let source: ReadSource

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - queue: Where the handler runs.
    ///   - handler: Called after each change.
    /// - Throws: `SystemError` where the kernel does not show its table.
    public init(on queue: SerialQueue, handler: @escaping @Sendable () -> Void) throws(SystemError) {
        let table = try Descriptor.open(MountTable.path, O_RDONLY)
        // A change shows as something exceptional: the table can always be read.
        source = ReadSource(table.number, on: queue, reports: .exceptions, handler: handler)
    }
}
