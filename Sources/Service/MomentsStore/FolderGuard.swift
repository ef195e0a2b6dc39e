internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// Holds the lock of the inbox or the outbox, and knows the folder again: by its device, and by a mark in it.
///
/// A share that is not mounted shows an empty folder in its place, or another share's. It belongs to one queue.
public final class FolderGuard {
    /// Why the folder cannot be used.
    public enum Trouble: Error, Sendable {
        /// It is not there, or is not the one it was; the sentence says what to do.
        case absent(String)
        /// Another daemon has it.
        case held(LockError)
    }

    private struct Place: Hashable {
        let device: UInt64
        let inode: UInt64
    }

    private let folder: FilePath
    private let mark: FilePath
    private let purpose: String
    private let memory: FolderMemory
    private var place: Place?
    private var identity: String?
    private var lock: FolderLock?
    private var folderLock: FolderLock?

    /// Names the folder; nothing is made or locked yet.
    ///
    /// - Parameters:
    ///   - folder: The folder; absolute.
    ///   - mark: The path of the mark below it, which is also the lock file.
    ///   - purpose: "inbox" or "outbox".
    ///   - state: The state folder, where it is remembered.
    public init(_ folder: FilePath, mark: FilePath, purpose: String, state: FilePath) {
        self.folder = folder
        self.mark = folder.appending(mark)
        self.purpose = purpose
        memory = FolderMemory(file: state.appending("folders.json"))
    }

    private var name: String { "The \(purpose) \(folder.display)" }

    /// Makes the folder where it was never used before; one that has gone since is waited for instead.
    public func makeIfNew() {
        if place == nil, memory.recall(purpose, at: folder) == nil { try? Folder.make(folder) }
    }

    /// Makes sure that the folder is the right one, and that we hold its lock.
    ///
    /// - Returns: Whether it is in use from now on: at the first time, and when it is back under another number.
    /// - Throws: `Trouble`, as long as it is not.
    public func check() throws(Trouble) -> Bool {
        let status: FileStatus
        do { status = try FileStatus.of(folder.appending(".")) } catch {
            let reason =
                error.isMissing
                ? "is not there"
                : error.code == ETIMEDOUT ? "does not answer" : "cannot be examined (\(error.reason))"
            throw .absent("\(name) \(reason); nothing is taken for removed, and it goes on by itself when it is back.")
        }
        let now = Place(device: status.device, inode: status.inode)
        if now == place { return false }
        try recognize(now)
        // Another descriptor of the same file would find it locked by the old one.
        lock = nil
        folderLock = nil
        try take()
        place = now
        if let identity {
            memory.keep(FolderMemory.Entry(path: folder, identity: identity, device: now.device), as: purpose)
        }
        return true
    }

    /// Gives the lock up.
    public func release() {
        lock = nil
        folderLock = nil
        place = nil
    }

    /// Whether this is the folder that was in use before.
    private func recognize(_ now: Place) throws(Trouble) {
        let remembered = memory.recall(purpose, at: folder)
        guard let known = identity ?? remembered?.identity else {
            guard let place, place.device != now.device, isEmpty else { return }
            throw another
        }
        let found: String?
        do { found = try FolderLock.identity(in: mark) } catch {
            throw .absent("\(name) cannot be recognized (\(error)); it goes on by itself when its mark can be read.")
        }
        if let found {
            // At a start, a folder that was in use elsewhere is as good; while we run, it was put in the other's place.
            if found == known || found.isEmpty || place == nil { return }
            throw another
        }
        // On the same disk, what is still somewhere else was moved, with all that is in it.
        if let place, place.device == now.device, folderLock?.isLinked == true { throw moved }
        // Somebody removed the mark, or made the folder anew on the same disk: no share went away.
        if now.device == place?.device ?? remembered?.device {
            identity = known
            return
        }
        throw another
    }

    private var another: Trouble {
        .absent(
            "\(name) shows another file system than before, as when a share is not mounted; nothing is taken for removed "
                + "and nothing is written there until it is back. \(wayOut)"
        )
    }

    private var moved: Trouble {
        .absent(
            "\(name) was moved away, and another folder is in its place; nothing is taken for removed and nothing is "
                + "written there until it is back. \(wayOut)"
        )
    }

    private var wayOut: String {
        "If this is to be the \(purpose) from now on, put an empty file "
            + "'\(mark.relative(to: folder)?.display ?? mark.display)' into it."
    }

    private var isEmpty: Bool { (try? Folder.names(in: folder))?.isEmpty ?? true }

    private func take() throws(Trouble) {
        try? Folder.make(mark.parent)
        // A link, or somebody else's folder, in its place would have the lock written elsewhere.
        if mark.parent != folder, let status = try? FileStatus.of(mark.parent),
            status.kind != .folder
                || status.owner != geteuid() && status.owner != (try? FileStatus.of(folder.appending(".")))?.owner
        {
            throw .absent(
                "'\(mark.parent.display)' is not the service's own folder, and nothing is written there; remove it, and look "
                    + "who may write into the \(purpose)."
            )
        }
        do {
            let taken = try FolderLock(file: mark, purpose: name, identity: identity)
            identity = taken.identity
            lock = consume taken
        } catch {
            // An inbox that may only be read takes no mark; so does one where something else was put in its place.
            if error.holder != nil { throw .held(error) }
        }
        // The folder too: a mark that somebody removes must not let a second daemon in.
        do { folderLock = try FolderLock(folder: folder, purpose: name) } catch {
            lock = nil
            throw .held(error)
        }
    }
}
