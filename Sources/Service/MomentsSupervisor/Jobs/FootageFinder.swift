internal import FoundationEssentials
internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// Finds what a story may show of finished jobs' videos: their best moments, with what is known of each.
struct FootageFinder: Sendable {
    /// A finished job.
    struct Candidate: Sendable {
        let video: FilePath
        let folder: FilePath
        let words: String
    }

    private struct Highlight: Decodable {
        struct Shot: Decodable {
            let start: Double
            let end: Double
            let words: String?

            enum CodingKeys: String, CodingKey {
                case start = "in"
                case end = "out"
                case words
            }
        }

        let shots: [Shot]
    }

    private struct Scenes: Decodable {
        struct Scene: Decodable {
            let start: Double
            let end: Double
            let words: String?
            let description: String?
            let subjects: [String: Int]?
        }

        let scenes: [Scene]
    }

    /// More jobs than these are not looked into, and more stretches not offered.
    private static let most = (jobs: 60, stretches: 200)
    /// The largest document that is read, in bytes.
    private static let largest = 4 << 20
    /// The most that is told of a stretch, in bytes.
    private static let longestWords = 2000

    private let candidates: [Candidate]

    /// Looks which finished jobs a story may take from: those of the same owner, the latest first.
    ///
    /// - Parameters:
    ///   - manifest: The story's job.
    ///   - jobs: All jobs.
    init(for manifest: Manifest, in jobs: borrowing JobTable) {
        guard manifest.config.story != nil else {
            candidates = []
            return
        }
        var found: [(at: Timestamp, candidate: Candidate)] = []
        for path in jobs.keys {
            guard let job = jobs[path], job.manifest.status == .completed, job.manifest.config.story == nil,
                job.isSettled, job.manifest.source.owner == manifest.source.owner,
                let folder = job.manifest.result?.folder, let at = job.manifest.completedAt
            else { continue }
            let told = [
                path.stem.text, job.manifest.config.title ?? "", job.manifest.preset ?? "",
                path.parent.text, job.manifest.result?.words ?? "",
            ]
            let words = told.joined(separator: " ")
            found.append((at, Candidate(video: path, folder: folder, words: words)))
        }
        found.sort { $0.at > $1.at }
        candidates = found.prefix(Self.most.jobs).map(\.candidate)
    }

    /// What a story may show; reads what was written of each result.
    ///
    /// - Parameters:
    ///   - outbox: The outbox.
    ///   - inbox: Where the videos lie; a path without links.
    /// - Returns: The stretches.
    func footage(_ outbox: Outbox, inbox: FilePath) -> [Footage] {
        var footage: [Footage] = []
        for candidate in candidates {
            let folder = RootedDirectory(outbox.root.appending(candidate.folder))
            guard let highlight = Self.read(Highlight.self, "highlight.json", folder) else { continue }
            let scenes = Self.read(Scenes.self, "scenes.json", folder)?.scenes ?? []
            for shot in highlight.shots where shot.start >= 0 && shot.end > shot.start && shot.end < 1e9 {
                let around = scenes.filter { $0.start < shot.end && $0.end > shot.start }
                let seen = around.flatMap {
                    [$0.description ?? "", $0.words ?? ""] + ($0.subjects ?? [:]).keys.sorted()
                }
                let words = [shot.words ?? ""] + seen + [candidate.words]
                footage.append(
                    Footage(
                        path: inbox.appending(candidate.video),
                        start: shot.start,
                        duration: shot.end - shot.start,
                        words: words.joined(separator: " ").cut(toBytes: Self.longestWords)
                    )
                )
                if footage.count >= Self.most.stretches { return footage }
            }
        }
        return footage
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ name: FilePath, _ folder: RootedDirectory)
        -> Value?
    {
        guard let bytes = try? folder.openRegular(name).read(largest + 1, at: 0, of: name), bytes.count <= largest
        else {
            return nil
        }
        return try? MomentsJSON.decode(type, from: Data(bytes))
    }
}
