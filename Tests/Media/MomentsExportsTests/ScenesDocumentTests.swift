import FoundationEssentials
import MomentsAnalysis
import MomentsCore
import MomentsExports
import Testing

@Suite("scenes")
struct ScenesDocumentTests {
    private static func time(_ frames: Int64) -> MediaTime { MediaTime(ticks: frames * 1001, timescale: 30_000) }

    private static let document = ScenesDocument(
        [
            Scene(start: time(0), end: time(150), startFrame: 0, endFrame: 150, importance: 7),
            Scene(start: time(150), end: time(301), startFrame: 150, endFrame: 301, transition: .dissolve),
        ],
        source: "beach.mp4",
        duration: time(301),
        frameRate: Rational(30_000, 1001)
    )

    @Test("times are exact fractions rounded once, to the microsecond")
    func json() throws {
        let file = try Self.document.file()
        #expect(file.name == "scenes.json")
        #expect(
            String(decoding: file.data, as: UTF8.self) == """
                {
                  "duration" : 10.043367,
                  "frame_rate" : "30000/1001",
                  "scenes" : [
                    {
                      "duration" : 5.005,
                      "end" : 5.005,
                      "end_frame" : 150,
                      "importance" : 7,
                      "scene_number" : 1,
                      "start" : 0,
                      "start_frame" : 0,
                      "transition" : "cut"
                    },
                    {
                      "duration" : 5.038367,
                      "end" : 10.043367,
                      "end_frame" : 301,
                      "importance" : 1,
                      "scene_number" : 2,
                      "start" : 5.005,
                      "start_frame" : 150,
                      "transition" : "dissolve"
                    }
                  ],
                  "schema" : "momentsd.scenes/1",
                  "source" : "beach.mp4"
                }

                """
        )
    }

    @Test("the table has one line a scene and CRLF ends")
    func table() {
        let file = Self.document.table()
        #expect(file.name == "scenes.csv")
        let lines = String(decoding: file.data, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(
            lines == [
                "scene_number,start,end,duration,start_time,end_time,start_frame,end_frame,transition,importance",
                "1,0.0,5.005,5.005,00:00:00.000,00:00:05.005,0,150,cut,7",
                "2,5.005,10.043367,5.038367,00:00:05.005,00:00:10.043,150,301,dissolve,1",
                "",
            ]
        )
    }

    @Test("a rate nobody knows is left out")
    func unknownRate() throws {
        let document = ScenesDocument([], source: "x", duration: .zero, frameRate: .unknown)
        #expect(!String(decoding: try document.file().data, as: UTF8.self).contains("frame_rate"))
    }
}
