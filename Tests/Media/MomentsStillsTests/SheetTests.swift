internal import Foundation
internal import MomentsAnalysis
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsTestSupport
internal import Testing

@testable import MomentsStills

@Suite("sheets of small pictures", .scratchFolder)
struct SheetTests {
    /// A survey of a video of greys that grow with time, and the colours of an ordinary video.
    private func survey(
        count: Int,
        seconds: Double,
        size: (Int, Int) = (320, 180)
    ) throws -> (FrameSurvey, FrameColors) {
        var survey = FrameSurvey()
        let store = try FrameStore()
        for number in (0..<count).shuffled() {
            var picture = StillImage(width: size.0, height: size.1, grey: UInt8(40 + number * 150 / count))
            picture.fill(x: 10..<size.0 / 2, y: 10..<size.1 / 2, grey: 220)
            try survey.add(picture, at: MediaTime(seconds: seconds * Double(number) / Double(count)), store)
        }
        let source = try SourceProbe.open(try TestMedia.clip("a.mp4", seconds: 0.2), interrupt: Interrupt())
        return (survey, FrameColors(source.video.format))
    }

    private func shown(_ bytes: [UInt8], _ name: String) throws -> [Int] {
        let path = ScratchFolder.path.appending(name)
        try Data(bytes).write(to: URL(fileURLWithPath: path.text))
        return try TestMedia.probe(path, "stream=width,height").compactMap(Int.init)
    }

    @Test(
        "every time of the video has a region of the sheet, ten seconds at most, that lies inside it",
        arguments: [(4.0, 40, (320, 180)), (600, 240, (320, 180)), (7000, 700, (180, 320)), (30, 3, (160, 90))]
    )
    func sprite(seconds: Double, count: Int, size: (Int, Int)) throws {
        let (survey, colors) = try survey(count: count, seconds: seconds, size: size)
        let sprite = try SpriteSheet(survey, duration: seconds, colors: colors, imageName: "sprite.jpg")
        let sheet = try shown(sprite.image, "sprite.jpg")
        let cues = sprite.map.components(separatedBy: "\n\n").dropFirst()
        var end = 0.0
        for cue in cues {
            let lines = cue.split(separator: "\n")
            let times = lines[0].components(separatedBy: " --> ").map { text in
                text.split(separator: ":").reduce(0) { $0 * 60 + (Double($1) ?? .nan) }
            }
            #expect(times[0] == end)
            #expect(times[1] > times[0] && times[1] - times[0] <= 10.001)
            end = times[1]
            let region = lines[1].components(separatedBy: "#xywh=")
            #expect(region[0] == "sprite.jpg")
            let numbers = region[1].split(separator: ",").compactMap { Int($0) }
            #expect(numbers.count == 4 && numbers[2] > 0 && numbers[3] > 0)
            #expect(numbers[0] + numbers[2] <= sheet[0] && numbers[1] + numbers[3] <= sheet[1])
        }
        #expect(abs(end - seconds) < 0.001)
        #expect(cues.count >= min(count, 3))
    }

    @Test("the contact sheet has sixteen pictures where there are as many, from as many scenes as there are")
    func contactSheet() throws {
        let (survey, colors) = try survey(count: 100, seconds: 100)
        func scenes(_ count: Int) -> [Scene] {
            (0..<count).map { number in
                let (start, end) = (100 * Double(number) / Double(count), 100 * Double(number + 1) / Double(count))
                return Scene(
                    start: MediaTime(seconds: start),
                    end: MediaTime(seconds: end),
                    startFrame: number,
                    endFrame: number + 1
                )
            }
        }
        for count in [1, 3, 16, 40] {
            let sheet = try ContactSheet.make(survey, scenes: scenes(count), colors: colors, form: StillForm())
            #expect(try shown(sheet, "sheet\(count).jpg") == [4 * 324 + 4, 4 * 184 + 4])
        }
        let (few, _) = try self.survey(count: 5, seconds: 5)
        let sheet = try ContactSheet.make(few, scenes: scenes(1), colors: colors, form: StillForm(.webp))
        #expect(try shown(sheet, "few.webp") == [4 * 324 + 4, 2 * 184 + 4])
    }

    @Test("every scene gets a still, from the survey or else decoded, with the time it was taken at")
    func sceneStills() throws {
        let path = try TestMedia.clip("b.mp4", seconds: 6)
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let (survey, _) = try survey(count: 3, seconds: 3)
        let bounds = [0, 1.5, 3, 4.5, 6]
        let scenes = zip(bounds, bounds.dropFirst()).map {
            Scene(start: MediaTime(seconds: $0), end: MediaTime(seconds: $1), startFrame: 0, endFrame: 1)
        }
        let time = try #require(Timestamp(text: "2024-05-01T10:00:00Z"))
        var made: [SceneStills.Made] = []
        try SceneStills.make(
            survey,
            scenes: scenes,
            of: source,
            places: FramePlaces(source),
            form: StillForm(.jpeg, .small, capture: CaptureNote(time: time, make: "Öko & Co")),
            interrupt: Interrupt()
        ) { made.append($0) }
        #expect(made.map(\.number) == [1, 2, 3, 4])
        for still in made { #expect(try shown(still.bytes, "s\(still.number).jpg") == [320, 180]) }
        let tags = try TestMedia.probe(ScratchFolder.path.appending("s1.jpg"), "frame_tags=DateTimeOriginal,Make")
        #expect(tags.map { $0.trimmingCharacters(in: .whitespaces) }.contains("2024:05:01 10:00:01"), "\(tags)")
    }

    @Test(
        "the preview moves, is within its bytes, and shows the best moments",
        arguments: [[], ["-vf", "transpose=1"]]
    )
    func preview(options: [String]) throws {
        let path = try TestMedia.clip("c.mp4", seconds: 12, extra: options + ["-g", "25"])
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let shots = [(0.0, 3.0, 0.5), (4, 8, 0.9), (9, 12, 0.7)].map {
            (range: TimeRange(start: MediaTime(seconds: $0.0), end: MediaTime(seconds: $0.1)), score: $0.2)
        }
        let bytes = try #require(
            try PreviewAnimation.make(source, places: FramePlaces(source), shots: shots, interrupt: Interrupt())
        )
        #expect(bytes.count <= PreviewAnimation.mostBytes)
        let file = Data(bytes)
        #expect(file.range(of: Data("ANIM".utf8)) != nil)
        var (frames, milliseconds, place) = (0, 0, 12)
        while place + 8 <= bytes.count {
            let size = (0..<4).reduce(0) { $0 | Int(bytes[place + 4 + $1]) << (8 * $1) }
            if bytes[place..<place + 4].elementsEqual("ANMF".utf8) {
                frames += 1
                milliseconds += (0..<3).reduce(0) { $0 | Int(bytes[place + 8 + 12 + $1]) << (8 * $1) }
            }
            place += 8 + size + size % 2
        }
        #expect(frames > 20)
        #expect((5500...8000).contains(milliseconds))
    }

    @Test("of a video too short for it there is as much as there is")
    func shortPreview() throws {
        let path = try TestMedia.clip("d.mp4", seconds: 0.5)
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let range = TimeRange(start: .zero, end: source.duration)
        let bytes = try PreviewAnimation.make(
            source,
            places: FramePlaces(source),
            shots: [(range: range, score: 1)],
            interrupt: Interrupt()
        )
        #expect(bytes != nil)
    }

    @Test("moments behind one keyframe are decoded in one go, each beginning where it did")
    func decodings() {
        func part(_ start: Int64, _ segment: Range<Int>) -> PreviewAnimation.Part {
            let begin = MediaTime(ticks: start, timescale: 1)
            let end = begin + MediaTime(ticks: 2, timescale: 1)
            return .init(range: TimeRange(start: begin, end: end), segment: segment)
        }
        let parts = [part(10, 0..<300), part(40, 0..<1050), part(70, 1800..<1900)]
        let decodings = PreviewAnimation.decodings(of: parts)
        #expect(decodings.map(\.segment) == [0..<1050, 1800..<1900])
        #expect(decodings.map(\.ranges) == [parts[..<2].map(\.range), [parts[2].range]])
    }
}
