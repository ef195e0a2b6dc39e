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
    /// A recording has no more files; what goes on behind them is another one.
    private static let mostFiles = 500
    /// A recording is not longer, in seconds: a dash camera that films all day makes several.
    private static let longest = 8.0 * 3600
    /// More files than these are not followed from one to the next.
    private static let mostSteps = 20_000

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
    public func first(of path: FilePath) -> FilePath { recording(of: path).first ?? path }

    /// The files that go on where a recording's first one ends, in their order.
    public func parts(of first: FilePath) -> [FilePath] {
        let files = recording(of: first)
        return files.firstIndex(of: first).map { Array(files[($0 + 1)...]) } ?? []
    }

    /// All recordings in several files of a listing: the first file of each, and those that go on with it.
    public func sequences(in listing: TreeListing) -> [FilePath: [FilePath]] {
        guard !isOff else { return [:] }
        var next: [FilePath: FilePath] = [:]
        var cameras: [ClockName.Camera: [ClockName]] = [:]
        for (path, status) in listing.videos where status.kind == .regular {
            if let name = ClockName(path) { cameras[name.camera, default: []].append(name) }
            guard let (other, rule) = SequenceRules.neighbour(of: path, 1), let after = listing.videos[other],
                after.kind == .regular, goesOn(rule, (path, status), (other, after))
            else { continue }
            next[path] = other
        }
        for files in cameras.values where files.count > 1 {
            let files = files.sorted()
            for (one, other) in zip(files, files.dropFirst()) {
                guard let before = listing.videos[one.path], let after = listing.videos[other.path],
                    follows(one, before, other, after)
                else { continue }
                next[one.path] = other.path
            }
        }
        let later = Set(next.values)
        var found: [FilePath: [FilePath]] = [:]
        for first in next.keys where !later.contains(first) {
            var (chain, last) = ([first], first)
            while let following = next[last] {
                chain.append(following)
                last = following
            }
            for files in cut(chain) where files.count > 1 { found[files[0]] = Array(files.dropFirst()) }
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

    /// All files of the recording one belongs to, in their order.
    private func recording(of path: FilePath) -> [FilePath] {
        guard !isOff, SequenceRules.mayHaveOthers(path), status(path) != nil else { return [path] }
        // A day of a dash camera is listed once, not at each of its minutes.
        let camera = ClockName(path).map { files(of: $0.camera) } ?? []
        let places = Dictionary(camera.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        func neighbour(of path: FilePath, _ step: Int) -> FilePath? {
            if let place = places[path] {
                guard camera.indices.contains(place + step) else { return nil }
                let (own, other) = (camera[place], camera[place + step])
                guard let here = status(path), let there = status(other.path) else { return nil }
                let isNext = step < 0 ? follows(other, there, own, here) : follows(own, here, other, there)
                return isNext ? other.path : nil
            }
            guard let (other, rule) = SequenceRules.neighbour(of: path, step), let found = status(other),
                let own = status(path)
            else { return nil }
            let (before, after) = step < 0 ? ((other, found), (path, own)) : ((path, own), (other, found))
            return goesOn(rule, before, after) ? other : nil
        }
        var chain = [path]
        while chain.count < Self.mostSteps, let before = neighbour(of: chain[chain.count - 1], -1) {
            chain.append(before)
        }
        chain.reverse()
        while chain.count < Self.mostSteps, let after = neighbour(of: chain[chain.count - 1], 1) { chain.append(after) }
        return cut(chain).first { $0.contains(path) } ?? [path]
    }

    /// Cuts files that go on with each other into recordings of a bearable length, always at the same places.
    private func cut(_ chain: [FilePath]) -> [[FilePath]] {
        var recordings: [[FilePath]] = []
        var seconds = 0.0
        for path in chain {
            let length = known[path]?.facts?.duration ?? 0
            if let last = recordings.last, last.count < Self.mostFiles, seconds + length <= Self.longest {
                recordings[recordings.count - 1].append(path)
                seconds += length
            } else {
                recordings.append([path])
                seconds = length
            }
        }
        return recordings
    }

    /// The files of a camera that names them by the clock, in their order.
    private func files(of camera: ClockName.Camera) -> [ClockName] {
        func names(_ folder: FilePath) -> [FilePath] {
            guard let opened = try? inbox.open(folder, O_RDONLY | O_DIRECTORY),
                let entries = try? Folder.entries(of: opened, path: inbox.root.appending(folder))
            else { return [] }
            return entries.filter { $0.status.kind != .link }.map { folder.appending($0.name) }
        }
        let folders = camera.isSorted ? names(camera.folder).filter { ClockName.isSorting($0) } : [camera.folder]
        return folders.flatMap(names).compactMap { path in
            ClockName(path).flatMap { $0.camera == camera && !rules.ignoresFile(path) ? $0 : nil }
        }
        .sorted()
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

    private func follows(_ one: ClockName, _ before: FileStatus, _ other: ClockName, _ after: FileStatus) -> Bool {
        guard one.mayGoOn(with: other, size: before.size), let first = facts((one.path, before)),
            let second = facts((other.path, after))
        else { return false }
        return one.number == nil
            ? SequenceRules.followsAtOnce(other.time - one.time, first, second)
            : SequenceRules.followsFull(other.time - one.time, first, second)
    }

    private func isRecent(_ status: FileStatus) -> Bool {
        let age = Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9
        // Of one that was changed within this millisecond, rounded off, the age would be below 0.
        return max(0, age) < patience.inSeconds
    }

    private func facts(_ file: File) -> PartFacts? {
        if let known = known[file.path], known.status == file.status { return known.facts }
        let facts: PartFacts?? = try? {
            try PartReader.read(try inbox.openRegular(file.path), path: file.path)
        }()
        // What cannot be read now is looked at again.
        guard let facts else { return nil }
        if known.count >= Self.mostKnown { known = [:] }
        known[file.path] = (file.status, facts)
        return facts
    }
}
