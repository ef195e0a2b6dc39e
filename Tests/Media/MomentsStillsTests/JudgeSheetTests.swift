internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsStills
internal import MomentsSystem
internal import MomentsTestSupport
internal import Testing

@Suite("sheets for a judge", .scratchFolder)
struct JudgeSheetTests {
    private func windows(_ count: Int) -> [JudgeQuestion.Window] {
        (1...count).map { .init(id: $0, start: 2 * Double($0 - 1), end: 2 * Double($0), score: 0.5) }
    }

    @Test(
        "fourteen landscape windows or twelve upright ones fit onto a sheet of the size that viewers take",
        arguments: [
            (1920, 1080, 14), (640, 480, 14), (720, 720, 14), (3840, 1600, 14), (1080, 1920, 12), (480, 640, 12),
        ]
    )
    func size(width: Int, height: Int, count: Int) throws {
        let sheets = JudgeSheets(width: width, height: height)
        let scale = Double(sheets.longSide) / Double(max(width, height))
        let size = (Int(Double(width) * scale / 2) * 2, Int(Double(height) * scale / 2) * 2)
        var survey = FrameSurvey()
        let store = try FrameStore()
        for number in 0..<4 * (count + 1) {
            let picture = StillImage(width: size.0, height: size.1, grey: UInt8(60 + number))
            try survey.add(picture, at: MediaTime(seconds: 0.1 + 0.5 * Double(number)), store)
        }
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4", seconds: 0.2), interrupt: Interrupt())
        let colors = FrameColors(source.video.format)
        let made = try sheets.draw(windows(count + 1), survey, colors: colors)
        #expect(made.map(\.windows) == [Array(1...count), [count + 1]])
        let path = ScratchFolder.path.appending("sheet.jpg")
        try AtomicFile.replace(path, with: made[0].bytes, durable: false)
        let sides = try TestMedia.probe(path, "stream=width,height").compactMap(Int.init)
        #expect(sides[0] <= 1920 && sides[1] <= 1120)
        #expect(sides[0] * sides[1] > 1_000_000)
    }

    @Test("few frames are gone back to: none that is there, first one of each window, as far as the budget goes")
    func visits() {
        // Ten minutes at 25 a second, a keyframe every ten seconds.
        let places = FramePlaces(
            (0..<15_000).map { (MediaTime(ticks: Int64($0), timescale: 25), $0 % 250 == 0, $0) },
            duration: MediaTime(seconds: 600)
        )
        let plan = JudgeVisits(windows(300), FrameSurvey(), places: places, frames: 15_000)
        let decoded = plan.visits.reduce(0) { $0 + $1.segment.count }
        #expect(decoded <= 300)
        // The window of each keyframe costs a frame or two; every one of those has a still.
        #expect(plan.visits.count == 60)
        for visit in plan.visits {
            #expect(visit.segment.lowerBound % 250 == 0)
            #expect(visit.complete.upperBound == visit.segment.upperBound)
            #expect(visit.segment.lowerBound <= visit.complete.lowerBound)
            #expect(visit.times == visit.times.sorted() && Set(visit.times).count == visit.times.count)
        }
    }

    @Test("of a short video every quarter of a window is gone back to")
    func shortVideo() {
        let places = FramePlaces(
            (0..<250).map { (MediaTime(ticks: Int64($0), timescale: 25), $0 % 50 == 0, $0) },
            duration: MediaTime(seconds: 10)
        )
        let plan = JudgeVisits(windows(5), FrameSurvey(), places: places, frames: 250)
        #expect(plan.visits.flatMap(\.times).count == 20)
    }
}
