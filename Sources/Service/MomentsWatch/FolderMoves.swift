internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Tells when a folder, or one it lies in, is moved away or removed: a daemon without anything to do notices it too.
///
/// It belongs to one queue.
public final class FolderMoves {
    private let folders: [FilePath]
    private let inotify: Inotify?
    private var watches: Set<Int32> = []
    private var source: ReadSource?

    /// Names the folders; `follow` begins.
    ///
    /// - Parameters:
    ///   - folders: The folders; absolute.
    ///   - queue: Where the handler runs.
    ///   - handler: Called when one of them may be somewhere else.
    public init(_ folders: [FilePath], on queue: SerialQueue, _ handler: @escaping @Sendable () -> Void) {
        self.folders = folders
        let inotify = try? Inotify()
        self.inotify = inotify
        guard let inotify else { return }
        let reader = Drain(inotify)
        source = ReadSource(inotify.number, on: queue) { if reader.hasMove { handler() } }
    }

    /// Whether the kernel tells of every move: not where it has no more watches, nor of folders that may not be read.
    public private(set) var isFollowing = false

    /// Follows the folders where they are now; those that are not there are followed by those they lay in.
    public func follow() {
        guard let inotify else { return }
        var found: Set<Int32> = []
        isFollowing = true
        for folder in folders {
            var place = (try? Folder.resolved(folder)) ?? folder
            while place != "/", !place.isEmpty {
                do {
                    let opened = try Descriptor.open(place, O_RDONLY | O_DIRECTORY)
                    found.insert(try inotify.add(opened, path: place, for: .moves))
                } catch { if !error.isMissing { isFollowing = false } }
                place = place.parent
            }
        }
        for watch in watches.subtracting(found) { inotify.remove(watch) }
        watches = found
    }

    /// Reads the kernel's queue, which its source's handler owns.
    // Unchecked: only the queue the source runs on reads, and the descriptor in it never changes.
    private final class Drain: @unchecked Sendable {
        private let inotify: Inotify

        init(_ inotify: Inotify) { self.inotify = inotify }

        var hasMove: Bool { !inotify.drain().isEmpty }
    }
}
