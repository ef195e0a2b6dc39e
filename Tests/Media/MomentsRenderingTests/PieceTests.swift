internal import Foundation
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("taking what was encoded for an earlier reel", .scratchFolder, .timeLimit(.minutes(5)))
struct PieceTests {
    private let folder = ScratchFolder.path.appending("pieces")
    private let source: MediaSource

    init() throws {
        // Two seconds between keyframes: shots of one second have none inside, or one at most.
        let clip = try TestMedia.clip("a.mp4", seconds: 8, extra: ["-g", "50", "-sc_threshold", "0", "-bf", "2"])
        source = try SourceProbe.open(clip, interrupt: Interrupt())
    }

    private func shelf(_ video: String = "video") -> PieceShelf { PieceShelf(folder, of: video) }

    private func plan(
        _ seconds: [(Int64, Int64)],
        _ quality: Quality,
        _ change: (inout ReelPlan) -> Void = { _ in }
    ) -> ReelPlan {
        let shots = seconds.map {
            TimeRange(start: MediaTime(ticks: $0.0, timescale: 25), end: MediaTime(ticks: $0.1, timescale: 25))
        }
        var plan = ReelPlan(shots: shots, quality: quality, loudness: nil, tags: [:])
        change(&plan)
        return plan
    }

    /// Makes a reel and proves it.
    ///
    /// - Returns: The reel, and its file's digest.
    private func make(_ plan: ReelPlan, _ shelf: PieceShelf?) throws -> (reel: Reel, digest: String) {
        let path = ScratchFolder.path.appending("highlight.mp4")
        let maker = ReelMaker(plan, of: source, to: path, from: shelf, interrupt: Interrupt())
        let proved = try maker.prove(try maker.render(progress: { _ in }), progress: { _ in })
        #expect(proved.verification.failedBefore == nil)
        return (proved.reel, try SHA256.of(path))
    }

    /// The names of the pieces and when each was written.
    private func kept() throws -> [FilePath: FileStatus] {
        let names = (try? Folder.names(in: folder)) ?? []
        return Dictionary(
            uniqueKeysWithValues: try names.map { ($0, try FileStatus.of(folder.appending($0))) }
        )
    }

    private static let first: [(Int64, Int64)] = [(10, 40), (70, 90), (130, 170)]

    @Test(
        "the next reel is the same as one made from nothing, and only what is new in it is encoded",
        arguments: [Quality.high, .original]
    )
    func next(quality: Quality) throws {
        let before = try make(plan(Self.first, quality), shelf())
        let pieces = try kept()
        #expect(pieces.count >= Self.first.count)
        // One shot banned, another one in its place: whatever stands before a shot changes nothing of it.
        let second = [Self.first[0], Self.first[2], (180, 195)]
        let made = try make(plan(second, quality), shelf())
        let now = try kept()
        #expect(now.count > pieces.count)
        for (name, status) in pieces { #expect(now[name] == status, "\(name.text) is not made again") }
        let own = try make(plan(second, quality), nil)
        #expect(made.digest == own.digest && made.reel == own.reel)
        #expect(made.digest != before.digest)
        // All of it once more: nothing is encoded.
        let again = try make(plan(Self.first, quality), shelf())
        #expect(again.digest == before.digest && again.reel == before.reel)
        #expect(try kept() == now)
    }

    @Test("one that is damaged, torn, another video's, or laid there by a link is not taken")
    func damaged() throws {
        let own = try make(plan(Self.first, .high), shelf())
        let pieces = try kept().keys.sorted()
        func content(_ number: Int) throws -> [UInt8] {
            let path = folder.appending(pieces[number])
            return try Descriptor.openRegular(path).read(1 << 22, at: 0, of: path)
        }
        let (whole, other) = (try content(0), try content(1))
        var flipped = whole
        flipped[whole.count / 2] ^= 1
        for bad in [flipped, Array(whole.dropLast()), [], other, Array("torn".utf8)] {
            try AtomicFile.replace(folder.appending(pieces[0]), with: bad, durable: false)
            #expect(shelf().piece(pieces[0].text) == nil)
            #expect(try make(plan(Self.first, .high), shelf()).digest == own.digest)
            #expect(try content(0) == whole, "it is made anew")
        }
        try Folder.move(folder.appending(pieces[0]), to: ScratchFolder.path.appending("away"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(pieces[0]).text,
            withDestinationPath: ScratchFolder.path.appending("away").text
        )
        #expect(shelf().piece(pieces[0].text) == nil)
        // Under another video's identity the same words have another name.
        #expect(shelf("another").key(["shot"]) != shelf().key(["shot"]))
        #expect(shelf().key(["a", "b"]) != shelf().key(["ab"]))
    }

    @Test("whatever changes a picture has all of it made anew; what is painted, dissolved or covered is never kept")
    func changes() throws {
        _ = try make(plan(Self.first, .high), shelf())
        let pieces = try kept()
        let changes: [(inout ReelPlan) -> Void] = [
            { $0.quality = .medium }, { $0.transition = .fade }, { $0.isCareful = true },
            { $0.framing = ReelFraming(aspect: .square, paths: []) },
            { plan in
                let frame = MediaTime(ticks: 1, timescale: 25)
                plan.shots = plan.shots.map { TimeRange(start: $0.start, end: $0.end - frame) }
            },
        ]
        for change in changes {
            let known = try kept()
            _ = try make(plan(Self.first, .high, change), shelf())
            let now = try kept()
            #expect(now.count == known.count + Self.first.count)
            for (name, status) in pieces { #expect(now[name] == status) }
        }
        let known = try kept()
        _ = try make(plan(Self.first, .high) { $0.transition = .dissolve }, shelf())
        let covers = Self.first.map { _ in FrameCover([]) }
        _ = try make(plan(Self.first, .high) { $0.covers = covers }, shelf())
        #expect(try kept() == known)
    }

    @Test("a reel that does not pass its check takes all pieces with it")
    func failing() throws {
        let path = ScratchFolder.path.appending("highlight.mp4")
        let shelf = self.shelf()
        let maker = ReelMaker(
            plan(Self.first, .high),
            of: source,
            to: path,
            from: shelf,
            interrupt: Interrupt()
        )
        let reel = try maker.render(progress: { _ in })
        let pieces = Set(try kept().keys)
        let size = Int(try FileStatus.of(path).size)
        try AtomicFile.replace(path, with: try Descriptor.openRegular(path).read(size, at: 0, of: path).dropLast(999))
        #expect(try maker.prove(reel, progress: { _ in }).verification.failedBefore != nil)
        #expect(pieces.isDisjoint(with: try kept().keys))
    }

    @Test("of too many the pieces of the last reel stay, and what is no piece goes")
    func bounded() throws {
        _ = try make(plan(Self.first, .high), shelf())
        let last = shelf()
        _ = try make(plan([(20, 30)], .high), last)
        let used = Set(try kept().keys)
        try Folder.make(folder.appending("folder"))
        try AtomicFile.replace(folder.appending("notes.txt"), with: [1], durable: false)
        let zeros = String(repeating: "0", count: 61)
        for number in 100..<500 {
            try AtomicFile.replace(folder.appending(FilePath(zeros + "\(number)")), with: [1], durable: false)
        }
        last.prune()
        let left = Set(try kept().keys)
        #expect(left.count == 400 && left.allSatisfy { $0.bytes.count == 64 })
        // The one of the last reel among what is newer.
        #expect(used.intersection(left).count == 1)
    }
}
