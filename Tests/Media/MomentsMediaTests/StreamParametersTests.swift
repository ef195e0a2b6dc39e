internal import MomentsCore
internal import MomentsTestSupport
internal import Testing

@testable internal import MomentsMedia

@Suite("opening a known file again", .scratchFolder, .timeLimit(.minutes(5)))
struct StreamParametersTests {
    private let coding = ["-preset", "fast", "-g", "25", "-bf", "2"]

    @Test("an MP4 opened again is described as before, without its packets")
    func sameDescription() throws {
        let path = try TestMedia.clip("a.mp4", seconds: 2, extra: coding)
        let first = try Input(path, interrupt: Interrupt())
        let known = try #require(first.parameters)
        let again = try Input(SourceFiles(path), known: known, interrupt: Interrupt())
        #expect(again.streams.map(\.codec) == first.streams.map(\.codec))
        #expect(again.streams.map(\.profile) == first.streams.map(\.profile))
        #expect(again.streams.map(\.format.pixelFormat) == first.streams.map(\.format.pixelFormat))
    }

    @Test("every frame comes, and in its order, though no header says how far they are reordered")
    func allFrames() throws {
        let source = try SourceProbe.open(TestMedia.clip("a.mp4", seconds: 2, extra: coding), interrupt: Interrupt())
        #expect(source.parameters != nil)
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: Interrupt())
        var numbers: [Int] = []
        while case .video(let time, _) = try reader.next() { numbers.append(Int((time.seconds * 25).rounded())) }
        #expect(numbers == Array(0..<50))
    }

    @Test("what is known of one file is not believed of another")
    func otherFile() throws {
        let known = try Input(TestMedia.clip("a.mp4", seconds: 1, extra: coding), interrupt: Interrupt()).parameters
        let other = try TestMedia.make(
            "b.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=64x48:r=10:d=1", "-c:v", "mpeg4"]
        )
        let input = try Input(SourceFiles(other), known: known, interrupt: Interrupt())
        #expect(input.streams.first?.codec == "mpeg4")
        #expect(input.streams.first?.format.width == 64)
    }

    @Test("containers whose headers say less are looked into each time", arguments: ["a.mkv", "a.ts"])
    func otherContainers(_ name: String) throws {
        let path = try TestMedia.clip(name, seconds: 1, extra: coding)
        #expect(try Input(path, interrupt: Interrupt()).parameters == nil)
    }
}
