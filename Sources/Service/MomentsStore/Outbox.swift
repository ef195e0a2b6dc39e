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

    /// The copy of the manifest in each result.
    static let manifestName: FilePath = "manifest.json"

    /// Names the folder; nothing is made yet.
    public init(root: FilePath) { self.root = root }

    /// Makes the outbox and its staging folder.
    public func make() throws(SystemError) { try Folder.make(stagingRoot, mode: 0o755) }

    /// The folder a job's outputs are made in.
    public func staging(of jobID: String) -> FilePath { stagingRoot.appending(jobID) }

    /// Makes a job's staging folder; what an earlier attempt left there stays, for the worker to go on from.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - content: Its video's content, whose findings by an earlier job are laid there too; nil without.
    /// - Returns: The folder.
    /// - Throws: `SystemError` when it cannot be made.
    public func prepareStaging(of jobID: String, content: String? = nil) throws(SystemError) -> FilePath {
        let folder = staging(of: jobID)
        try Folder.make(folder)
        if let content { Findings(stagingRoot).give(content, to: folder) }
        return folder
    }

    /// Removes a job's staging folder; one that is not there is no error.
    ///
    /// - Parameters:
    ///   - jobID: The job.
    ///   - content: Its video's content, under which what was found in it is kept; nil keeps nothing.
    /// - Throws: `SystemError` when something cannot be removed.
    public func removeStaging(of jobID: String, content: String? = nil) throws(SystemError) {
        if let content { Findings(stagingRoot).take(from: staging(of: jobID), as: content) }
        try Folder.removeTree(staging(of: jobID))
    }

    /// Removes everything an earlier daemon left in staging; hold the lock while calling it.
    ///
    /// What another program holds a lock on, as `moments run` does while it works, stays.
    ///
    /// - Parameter wanted: The jobs whose staging is kept.
    /// - Returns: The jobs whose staging was removed.
    /// - Throws: `SystemError` when something cannot be removed.
    public func sweep(keeping wanted: (FilePath) -> Bool = { _ in false }) throws(SystemError) -> [FilePath] {
        let names = try Folder.names(in: stagingRoot).filter { name in
            name != Self.mark.name && name != Findings.name && !wanted(name)
                && !FolderLock.isHeld(folder: stagingRoot.appending(name))
        }
        for name in names { try Folder.removeTree(stagingRoot.appending(name)) }
        return names
    }

    /// Bytes that may still be written.
    public func freeBytes() throws(SystemError) -> Int64 { try Folder.freeBytes(at: root) }
}
