internal import Glibc
public import MomentsCore
public import MomentsSystem

/// What stands in the inbox at one moment, sorted by what it is to us; paths are below the inbox.
public struct TreeListing: Sendable {
    /// Regular files that are no one else's business, and links out of the inbox, which are refused.
    public var videos: [FilePath: FileStatus] = [:]
    /// Everything named like a manifest, of whatever kind.
    public var manifests: [FilePath: FileStatus] = [:]
    /// Everything named like a request, of whatever kind.
    public var requests: [FilePath: FileStatus] = [:]
    /// Requests that are for nothing, as far as that was looked for.
    public var lone: [LoneRequest] = []
    /// The folders walked, the start included.
    public var folders: [FilePath] = []
    /// What was being written, or taken away, when we were killed: half manifests, and videos under a name of ours.
    public var leftovers: [FilePath] = []
    /// Folders that could not be listed: nothing is known of what is in them.
    public var unread: [FilePath: SystemError] = [:]

    /// Makes an empty listing.
    public init() {}

    /// Walks a folder and everything below it; links are never followed.
    ///
    /// - Parameters:
    ///   - start: Where to begin, below the inbox; empty for the inbox itself.
    ///   - inbox: The inbox.
    ///   - rules: What is left alone.
    ///   - enter: Called with each folder before it is listed, so that a watch can be there first.
    /// - Returns: What was found; failures are part of it.
    public static func of(
        _ start: FilePath,
        in inbox: RootedDirectory,
        rules: IgnoreRules,
        enter: (FilePath) -> Void
    ) -> TreeListing {
        var listing = TreeListing()
        var waiting = [start]
        while let folder = waiting.popLast() {
            enter(folder)
            do {
                let entries = try Folder.entries(
                    of: try inbox.open(folder, O_RDONLY | O_DIRECTORY),
                    path: inbox.root.appending(folder)
                )
                listing.folders.append(folder)
                for entry in entries {
                    let path = folder.appending(entry.name)
                    if entry.status.kind == .folder {
                        if !rules.ignoresFolder(path), isReachable(path, in: inbox) { waiting.append(path) }
                    } else {
                        listing.add(path, entry.status, rules: rules, inbox: inbox.root)
                    }
                }
            } catch {
                // A folder that went away, or was swapped for a link, while we walked is no folder of ours.
                if !error.isMissing, error.code != ELOOP || folder.isEmpty { listing.unread[folder] = error }
                if folder.isEmpty { listing.unread[folder] = error }
            }
        }
        return listing
    }

    private mutating func add(_ path: FilePath, _ status: FileStatus, rules: IgnoreRules, inbox: FilePath) {
        let name = path.name
        if IgnoreRules.isManifest(name) {
            manifests[path] = status
        } else if IgnoreRules.isRequest(name) {
            requests[path] = status
        } else if AtomicFile.isAside(name) || AtomicFile.isTemporary(name) && status.owner == geteuid() {
            if status.kind == .regular { leftovers.append(path) }
        } else if rules.ignoresFile(path) {
            return
        } else if status.kind == .regular || OutwardLink.isOne(path, status, in: inbox) {
            videos[path] = status
        }
    }

    /// Whether everything that has to be opened below a folder fits into the kernel's longest path.
    private static func isReachable(_ path: FilePath, in inbox: RootedDirectory) -> Bool {
        inbox.root.bytes.count + path.bytes.count + AtomicFile.longestName + 2 < Int(PATH_MAX)
    }
}
