internal import Glibc
public import MomentsCore
public import MomentsSystem

/// The kernel's reports of changes in folders.
public final class Inotify {
    /// One report.
    public struct Event: Hashable, Sendable {
        /// The watch it is about; -1 for an overflow.
        public let watch: Int32
        /// The name inside the watched folder; empty when it is about the folder itself.
        public let name: FilePath
        /// Reports were lost.
        public let isOverflow: Bool
        /// The watch is gone, because its folder is, or its file system.
        public let isEnd: Bool
        /// The watched folder was renamed.
        public let isSelfMoved: Bool
    }

    /// What is to be reported.
    public enum Reports: Sendable {
        /// Everything that happens in a folder.
        case changes
        /// That a folder is moved, or removed.
        case moves
    }

    private let descriptor: Descriptor

    /// Opens the queue; EMFILE when the user has too many.
    public init() throws(SystemError) {
        let number = inotify_init1(CInt(IN_NONBLOCK | IN_CLOEXEC))
        guard number >= 0 else { throw SystemError("watch", "the inbox", code: errno) }
        descriptor = Descriptor(taking: number)
    }

    /// Becomes readable with each report.
    public var number: CInt { descriptor.number }

    /// Watches an open folder; the same folder twice gives the same number.
    ///
    /// - Parameters:
    ///   - folder: The open folder: what is watched cannot be swapped for something else in between.
    ///   - path: Its path, for errors only.
    ///   - reports: What is to be reported.
    /// - Returns: The watch's number.
    /// - Throws: `SystemError`; ENOSPC when the user has too many watches.
    public func add(
        _ folder: borrowing Descriptor,
        path: FilePath,
        for reports: Reports = .changes
    ) throws(SystemError) -> Int32 {
        let (own, place) = (descriptor.number, "/proc/self/fd/\(folder.number)")
        return try IOTimeout.call("watch", path) {
            let watch = inotify_add_watch(own, place, reports == .changes ? Self.changes : Self.moves)
            return watch >= 0 ? watch : nil
        }
    }

    /// Gives up a watch.
    public func remove(_ watch: Int32) { _ = inotify_rm_watch(descriptor.number, watch) }

    /// Everything reported since the last call; never blocks.
    public func drain() -> [Event] {
        var events: [Event] = []
        // Read a bounded number of times: a flood of events must not keep the caller from everything else.
        for _ in 0..<4 {
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = Glibc.read(descriptor.number, &buffer, buffer.count)
            guard count > 0 else { break }
            parse(buffer[..<count], into: &events)
        }
        return events
    }

    private func parse(_ bytes: ArraySlice<UInt8>, into events: inout [Event]) {
        let headerSize = 16
        var place = 0
        bytes.withUnsafeBytes { raw in
            while place + headerSize <= raw.count {
                let watch = raw.loadUnaligned(fromByteOffset: place, as: Int32.self)
                let mask = raw.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                let length = Int(raw.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                let end = min(place + headerSize + length, raw.count)
                events.append(
                    Event(
                        watch: watch,
                        name: FilePath(bytes: raw[(place + headerSize)..<end]),
                        isOverflow: mask & UInt32(IN_Q_OVERFLOW) != 0,
                        isEnd: mask & UInt32(IN_IGNORED | IN_UNMOUNT) != 0,
                        isSelfMoved: mask & UInt32(IN_MOVE_SELF) != 0
                    )
                )
                place = end
            }
        }
    }

    // CREATE, because sftp servers and hard links make a finished file without any close; ATTRIB for rights set
    // after copying; EXCL_UNLINK, so that a removed file still open raises nothing more. MODIFY would only say what
    // the settle time finds out by looking.
    private static let changes = UInt32(
        IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF
            | IN_ATTRIB | IN_EXCL_UNLINK | IN_ONLYDIR
    )

    private static let moves = UInt32(IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
}
