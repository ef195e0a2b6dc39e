internal import FoundationEssentials
internal import Glibc
public import MomentsCore
public import MomentsSystem

/// The folder results appear in, each whole by one rename, and the staging they are made in.
public struct Outbox: Sendable {
    /// The folder.
    public let root: FilePath
    /// Where results are made before they are shown, on the same file system.
    public var stagingRoot: FilePath { root.appending(".momentsd") }
    /// The file that one daemon locks, and that tells this outbox from others; below the outbox.
    public static let mark: FilePath = ".momentsd/lock"

    /// The page of all results; no result is named so.
    public static let pageName: FilePath = "index.html"

    /// The copy of the manifest in each result.
    static let manifestName: FilePath = "manifest.json"

    /// Whether what workers found in videos is kept for later jobs.
    private let keepsFindings: Bool

    /// Names the folder; nothing is made yet.
    ///
    /// - Parameters:
    ///   - root: The folder; absolute.
    ///   - keepsFindings: Whether what workers found in videos is kept there for later jobs.
    public init(root: FilePath, keepsFindings: Bool = true) {
        self.root = root
        self.keepsFindings = keepsFindings
    }

    /// Makes the outbox and its staging folder.
    public func make() throws(SystemError) { try Folder.make(stagingRoot, mode: 0o755) }

    /// Holds the staging folder open, so that whatever is put in its place is not reached.
    ///
    /// Where others may write into the outbox, they could put a link, or a folder of theirs, there.
    ///
    /// - Parameter body: Is given a path of the folder, which holds good as long as it runs.
    /// - Returns: What `body` returns.
    /// - Throws: `SystemError`; ELOOP or ENOTDIR for a link, EPERM for a folder that is not the service's own.
    func holdingStaging<Result>(
        _ body: (FilePath) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        let folder = try Descriptor.open(stagingRoot, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        let owner = try folder.status(stagingRoot).owner
        // Shares that keep no owners show one for all.
        let outboxOwner = try FileStatus.of(root.appending(".")).owner
        guard owner == geteuid() || owner == outboxOwner else {
            throw SystemError("use as the service's own", stagingRoot, code: EPERM)
        }
        do { return try body(FilePath("/proc/self/fd/\(folder.number)")) } catch {
            // The descriptor's path means nothing to people.
            let isHeld = error.subject.hasPrefix("/proc/self/fd/")
            let subject = isHeld ? stagingRoot.appending(error.subject.name) : error.subject
            throw SystemError(error.operation, subject, code: error.code)
        }
    }

    /// Keeps others from moving the staging folder away, where the outbox is ours and others may write into it.
    ///
    /// - Returns: Whether nobody else can put something in its place.
    public func protectStaging() -> Bool {
        guard let folder = try? Descriptor.open(root, O_RDONLY | O_DIRECTORY) else { return true }
        var status = stat()
        guard fstat(folder.number, &status) == 0 else { return true }
        let isOpen = status.st_mode & (S_IWGRP | S_IWOTH) != 0 && status.st_mode & S_ISVTX == 0
        return !isOpen || fchmod(folder.number, status.st_mode & 0o7777 | S_ISVTX) == 0
    }

    /// The folder a job's outputs are made in.
    public func staging(of jobID: String) -> FilePath { stagingRoot.appending(jobID) }

    /// Makes a job's staging folder; what an earlier attempt left there stays, for the worker to go on from.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - content: Its video's content, whose findings by an earlier job are laid there too; nil without.
    ///   - album: The identities of an album's videos, of which what is known is laid there too.
    /// - Returns: The folder.
    /// - Throws: `SystemError` when it cannot be made.
    public func prepareStaging(
        of jobID: String,
        content: String? = nil,
        album: [String] = []
    ) throws(SystemError) -> FilePath {
        try make()
        try holdingStaging { held throws(SystemError) in
            let folder = held.appending(jobID)
            try Folder.make(folder)
            if keepsFindings, let content { Findings(held).give(content, to: folder) }
            if keepsFindings { Findings(held).giveVideos(album, to: folder) }
        }
        return staging(of: jobID)
    }

    /// Removes a job's staging folder; one that is not there is no error.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - content: Its video's content, under which what was found in it is kept; nil keeps nothing.
    /// - Throws: `SystemError` when something cannot be removed.
    public func removeStaging(of jobID: String, content: String? = nil) throws(SystemError) {
        do {
            try holdingStaging { held throws(SystemError) in
                try removeStaging(of: jobID, content: content, in: held)
            }
        } catch { if !error.isMissing { throw error } }
    }

    /// Removes a job's staging folder from the held one.
    func removeStaging(of jobID: String, content: String? = nil, in held: FilePath) throws(SystemError) {
        keep(content, of: jobID, in: held)
        try Folder.removeTree(held.appending(jobID))
    }

    /// Keeps what was found in a job's content, where that is wanted.
    func keep(_ content: String?, of jobID: String, in held: FilePath) {
        guard keepsFindings, let content else { return }
        Findings(held).take(from: held.appending(jobID), as: content)
        Findings(held).takeVideos(from: held.appending(jobID))
    }

    /// Removes everything an earlier daemon left in staging; hold the lock while calling it.
    ///
    /// What another program holds a lock on, as `moments run` does while it works, stays.
    ///
    /// - Parameter wanted: The jobs whose staging is kept.
    /// - Returns: The jobs whose staging was removed.
    /// - Throws: `SystemError` when something cannot be removed.
    public func sweep(keeping wanted: (FilePath) -> Bool = { _ in false }) throws(SystemError) -> [FilePath] {
        try holdingStaging { held throws(SystemError) in
            let names = try Folder.names(in: held).filter { name in
                name != Self.mark.name && name != Findings.name && name != Findings.albums && !wanted(name)
                    && !FolderLock.isHeld(folder: held.appending(name))
            }
            for name in names { try Folder.removeTree(held.appending(name)) }
            return names
        }
    }

    /// Bytes that may still be written.
    public func freeBytes() throws(SystemError) -> Int64 { try Folder.freeBytes(at: root) }
}
