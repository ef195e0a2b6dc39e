internal import MomentsCore

/// The jobs by their video's path below the inbox, by their identifier, and by their content.
struct JobTable {
    private var jobs: [FilePath: Job] = [:]
    private var paths: [String: FilePath] = [:]
    private var contents: [String: Set<FilePath>] = [:]

    /// The job of a video; setting it keeps the indexes true.
    subscript(path: FilePath) -> Job? {
        get { jobs[path] }
        set {
            let old = jobs.updateOrRemove(path, newValue)
            let (oldID, newID) = (old?.manifest.jobID, newValue?.manifest.jobID)
            if oldID != newID {
                if let oldID, paths[oldID] == path { paths[oldID] = nil }
                if let newID { paths[newID] = path }
            }
            let (before, now) = (old?.manifest.source.contentID, newValue?.manifest.source.contentID)
            guard before != now else { return }
            if let before {
                contents[before]?.remove(path)
                if contents[before]?.isEmpty == true { contents[before] = nil }
            }
            if let now { contents[now, default: []].insert(path) }
        }
    }

    /// Where the job of this identifier is.
    func path(of jobID: String) -> FilePath? { paths[jobID] }

    /// The videos known to hold this content.
    func paths(ofContent contentID: String) -> Set<FilePath> { contents[contentID] ?? [] }

    /// The videos' paths, in no order.
    var keys: [FilePath] { Array(jobs.keys) }

    /// The jobs, in no order.
    var values: Dictionary<FilePath, Job>.Values { jobs.values }

    /// Whether there is none.
    var isEmpty: Bool { jobs.isEmpty }
}

extension Dictionary {
    /// Sets or removes a value and returns what was there.
    fileprivate mutating func updateOrRemove(_ key: Key, _ value: Value?) -> Value? {
        if let value { return updateValue(value, forKey: key) }
        return removeValue(forKey: key)
    }
}
