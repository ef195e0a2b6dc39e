internal import Glibc
public import MomentsCore
public import MomentsSystem

/// Finds which files of a folder are one recording: by their names, and by what is in them.
///
/// Remembers what it read in files as long as they do not change. Used on one thread.
public final class SequenceFinder {
    private let inbox: RootedDirectory
    private let rules: IgnoreRules
    private let isOff: Bool
    private let patience: Duration
    private var known: [FilePath: (status: FileStatus, facts: PartFacts?)] = [:]

    /// More files than these are not remembered.
    private static let mostKnown = 20_000
    /// A recording has no more files.
    private static let mostParts = 500

    /// Makes a finder.
    ///
    /// - Parameters:
    ///   - inbox: The folder that paths are below.
    ///   - rules: What is left alone.
    ///   - isOff: Whether every file is a video of its own.
    ///   - patience: For how long a file that is not all there counts by its name alone, where that says enough.
    public init(_ inbox: RootedDirectory, rules: IgnoreRules, isOff: Bool, patience: Duration = .zero) {
        self.inbox = inbox
        self.rules = rules
        self.isOff = isOff
        self.patience = patience
    }

    /// The file that begins the recording this one belongs to; the file itself nearly always.
    public func first(of path: FilePath) -> FilePath {
        var (first, count) = (path, 0)
        while count < Self.mostParts, let before = neighbour(of: first, -1) { (first, count) = (before, count + 1) }
        return first
    }

    /// The files that go on where a recording's first one ends, in their order.
    public func parts(of first: FilePath) -> [FilePath] {
        var parts: [FilePath] = []
        var last = first
        while parts.count < Self.mostParts, let next = neighbour(of: last, 1) {
            parts.append(next)
            last = next
        }
        return parts
    }

    /// All recordings in several files of a listing: the first file of each, and those that go on with it.
    public func sequences(in listing: TreeListing) -> [FilePath: [FilePath]] {
        guard !isOff else { return [:] }
        var next: [FilePath: FilePath] = [:]
        var cameras: [ClockName.Camera: [(time: Int64, path: FilePath)]] = [:]
        for (path, status) in listing.videos where status.kind == .regular {
            if let name = ClockName(path) { cameras[name.camera, default: []].append((name.time, path)) }
            guard let (other, rule) = SequenceRules.neighbour(of: path, 1), let after = listing.videos[other],
                after.kind == .regular, goesOn(rule, (path, status), (other, after))
            else { continue }
            next[path] = other
        }
        for files in cameras.values where files.count > 1 {
            let files = files.sorted { ($0.time, $0.path) < ($1.time, $1.path) }
            for (one, other) in zip(files, files.dropFirst()) {
                guard let before = listing.videos[one.path], let after = listing.videos[other.path],
                    follows(other.time - one.time, (one.path, before), (other.path, after))
                else { continue }
                next[one.path] = other.path
            }
        }
        let later = Set(next.values)
        var found: [FilePath: [FilePath]] = [:]
        for first in next.keys where !later.contains(first) {
            var (parts, last): ([FilePath], FilePath) = ([], first)
            while parts.count < Self.mostParts, let following = next[last] {
                parts.append(following)
                last = following
            }
            found[first] = parts
        }
        return found
    }

    /// Whether, by its name, a recording lacks a file: the one before its first one, or one between the last and another.
    public func missing(first: FilePath, last: FilePath) -> FilePath? {
        if let (before, rule) = SequenceRules.neighbour(of: first, -1), rule == .chapter, status(before) == nil {
            return before
        }
        guard let (after, rule) = SequenceRules.neighbour(of: last, 1), rule == .chapter, status(after) == nil,
            let (later, _) = SequenceRules.neighbour(of: after, 1), status(later) != nil
        else { return nil }
        return after
    }

    /// What the kernel would know of a recording if its files were one.
    public func status(of first: FilePath, _ status: FileStatus, parts: [FilePath]) -> FileStatus {
        parts.isEmpty ? status : status.joined(with: parts.compactMap { self.status($0) })
    }

    // MARK: - one after the other

    private func neighbour(of path: FilePath, _ step: Int) -> FilePath? {
        guard !isOff, SequenceRules.mayHaveOthers(path), let own = status(path) else { return nil }
        if let (other, rule) = SequenceRules.neighbour(of: path, step), let found = status(other) {
            let (before, after) = step < 0 ? ((other, found), (path, own)) : ((path, own), (other, found))
            if goesOn(rule, before, after) { return other }
        }
        guard let name = ClockName(path) else { return nil }
        let others = files(of: name.camera)
        let nearest = step < 0 ? others.last { $0.time < name.time } : others.first { $0.time > name.time }
        guard let nearest, let found = status(nearest.path) else { return nil }
        let follows =
            step < 0
            ? follows(name.time - nearest.time, (nearest.path, found), (path, own))
            : follows(nearest.time - name.time, (path, own), (nearest.path, found))
        return follows ? nearest.path : nil
    }

    /// The files of a dash camera, in the order of their times.
    private func files(of camera: ClockName.Camera) -> [(time: Int64, path: FilePath)] {
        func names(_ folder: FilePath) -> [FilePath] {
            guard let opened = try? inbox.open(folder, O_RDONLY | O_DIRECTORY),
                let entries = try? Folder.entries(of: opened, path: inbox.root.appending(folder))
            else { return [] }
            return entries.map { folder.appending($0.name) }
        }
        let folders = camera.isSorted ? names(camera.folder).filter { ClockName.isSorting($0) } : [camera.folder]
        return folders.flatMap(names).compactMap { path in
            ClockName(path).flatMap { $0.camera == camera && !rules.ignoresFile(path) ? ($0.time, path) : nil }
        }
        .sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    }

    private func status(_ path: FilePath) -> FileStatus? {
        guard !rules.ignoresFile(path), case .there(let status) = inbox.look(path), status.kind == .regular else {
            return nil
        }
        return status
    }

    // MARK: - evidence

    private typealias File = (path: FilePath, status: FileStatus)

    private func goesOn(_ rule: SequenceRules.Rule, _ before: File, _ after: File) -> Bool {
        // Cameras cut where a file becomes too large: what is small is not read for it.
        if rule == .full, before.status.size < 1_900_000_000 { return false }
        guard let first = facts(before), let second = facts(after) else {
            // Such names are nobody else's: while one of both is still arriving, it is waited for.
            return rule == .chapter && [before, after].contains { facts($0) == nil && isRecent($0.status) }
        }
        return SequenceRules.goesOn(rule, first, size: before.status.size, second)
    }

    private func follows(_ distance: Int64, _ before: File, _ after: File) -> Bool {
        guard (1...3600).contains(distance), let first = facts(before), let second = facts(after) else { return false }
        return SequenceRules.followsAtOnce(distance, first, second)
    }

    private func isRecent(_ status: FileStatus) -> Bool {
        let age = Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9
        return age < patience.inSeconds
    }

    private func facts(_ file: File) -> PartFacts? {
        if let known = known[file.path], known.status == file.status { return known.facts }
        let facts: PartFacts?? = try? {
            try PartFacts.read(try inbox.openRegular(file.path), path: file.path)
        }()
        // What cannot be read now is looked at again.
        guard let facts else { return nil }
        if known.count >= Self.mostKnown { known = [:] }
        known[file.path] = (file.status, facts)
        return facts
    }
}
