internal import MomentsCore
internal import MomentsMedia
internal import MomentsTestSupport
internal import Testing

@Suite("decoding segments", .scratchFolder, .timeLimit(.minutes(5)))
struct SegmentReaderTests {
    /// Four seconds with a keyframe each second, and frames coded from later ones in between.
    private func clip(_ name: String) throws -> MediaSource {
        let coding = ["-preset", "fast", "-g", "25", "-keyint_min", "25", "-sc_threshold", "0", "-bf", "2"]
        return try SourceProbe.open(TestMedia.clip(name, seconds: 4, extra: coding), interrupt: Interrupt())
    }

    private func times(
        _ reader: SegmentReader,
        _ segment: Range<Int>,
        complete: Range<Int> = 0..<Int.max
    ) throws -> [Double] {
        var times: [Double] = []
        let isFound = try reader.read(segment, complete: complete) { time, _ in times.append(time.seconds) }
        #expect(isFound)
        return times
    }

    @Test("a segment gives its own frames and no other, wherever it lies", arguments: ["a.mp4", "a.mkv", "a.ts"])
    func segments(_ name: String) throws {
        let source = try clip(name)
        let keyframes = source.track.entries.indices.filter { source.track.entries[$0].isKeyframe }
        try #require(keyframes.count == 4)
        let reader = try SegmentReader(source, interrupt: Interrupt())
        // Forwards, over a gap, and back again.
        for second in [0, 3, 1, 2] {
            let end = second < 3 ? keyframes[second + 1] : source.track.entries.count
            let found = try times(reader, keyframes[second]..<end)
            #expect(found.count == 25)
            let expected = (0..<25).map { Double(second) + Double($0) / 25 }
            #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 0.002 })
        }
        #expect(reader.framesDecoded == 100)
    }

    @Test("a keyframe alone is one frame")
    func alone() throws {
        let source = try clip("alone.mp4")
        let keyframe = try #require(source.track.entries.indices.last { source.track.entries[$0].isKeyframe })
        let reader = try SegmentReader(source, interrupt: Interrupt())
        #expect(try times(reader, keyframe..<keyframe + 1) == [3])
        #expect(reader.framesDecoded == 1)
    }

    @Test("frames that no other needs are left out until all are wanted")
    func unreferenced() throws {
        let source = try clip("some.mp4")
        let reader = try SegmentReader(source, interrupt: Interrupt())
        let some = try times(reader, 0..<50, complete: 0..<0)
        let later = try times(reader, 0..<50, complete: 25..<50)
        #expect(some.count < 40)
        #expect(later.filter { $0 >= 1 }.count == 25)
        #expect(later.filter { $0 < 1 }.count < 20)
    }

    @Test("the index tells how each frame was coded")
    func kinds() throws {
        let entries = try clip("kinds.mp4").track.entries
        #expect(entries.count { $0.kind == .intra } == 4)
        #expect(entries.count { $0.kind == .bidirectional } > 30)
        #expect(entries.allSatisfy { $0.isTimed && $0.isKeyframe == ($0.kind == .intra) })
        #expect(entries.map(\.dts) == entries.map(\.dts).sorted())
    }
}
