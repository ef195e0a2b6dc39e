import Foundation
import MomentsCore
import MomentsExports
import MomentsTestSupport
import Testing

@Suite("chapters of the source", .scratchFolder)
struct SourceChaptersTests {
    private static func chapters(_ parts: [(String, Double, Double)]) -> [String: Data] {
        let chapters = SourceChapters(
            parts.map {
                .init(
                    title: $0.0,
                    range: TimeRange(start: MediaTime(seconds: $0.1), end: MediaTime(seconds: $0.2))
                )
            }
        )
        return Dictionary(uniqueKeysWithValues: chapters.files().map { ($0.name, $0.data) })
    }

    private static func text(_ data: Data?) -> String { String(decoding: data ?? Data(), as: UTF8.self) }

    @Test("a platform's chapters begin at 0:00, and none is shorter than ten seconds")
    func plain() {
        let files = Self.chapters([
            ("one", 0.4, 12), ("two", 12, 15), ("three", 15, 61.9), ("four", 61.9, 70), ("five", 70, 72),
        ])
        #expect(Self.text(files["chapters.txt"]) == "0:00 one\n0:12 two\n1:01 four\n")
        let long = Self.chapters([("a", 0, 100), ("b", 100, 4000)])
        #expect(Self.text(long["chapters.txt"]) == "0:00:00 a\n0:01:40 b\n")
    }

    @Test("WebVTT has a cue a chapter, with nothing in its text that is markup")
    func webVTT() {
        let files = Self.chapters([("a --> <b> & c\nd", 0, 2.5), ("e", 2.5, 4)])
        #expect(
            Self.text(files["chapters.vtt"]) == """
                WEBVTT

                1
                00:00:00.000 --> 00:00:02.500
                a --&gt; &lt;b&gt; &amp; c\\u{a}d

                2
                00:00:02.500 --> 00:00:04.000
                e

                """
        )
    }

    @Test("ffmpeg puts the chapters into a file, and ffprobe reads the same names and times")
    func ffmetadata() throws {
        let titles = ["plain", "a=b;c#d\\e", "ü <&> \"q\""]
        let files = Self.chapters(titles.enumerated().map { ($1, Double($0), Double($0) + 1) })
        let list = ScratchFolder.path.appending("chapters.ffmetadata")
        try #require(files["chapters.ffmetadata"]).write(to: URL(fileURLWithPath: list.text))
        let clip = try TestMedia.clip("clip.mp4", seconds: 3)
        let marked = ScratchFolder.path.appending("marked.mkv")
        try Tool.run(
            "ffmpeg",
            [
                "-nostdin", "-v", "error", "-i", clip.text, "-i", list.text, "-map_metadata", "1", "-c", "copy",
                marked.text,
            ]
        )
        #expect(try TestMedia.probe(marked, "chapter_tags=title", ["-show_chapters"]).filter(titles.contains) == titles)
        let starts = try TestMedia.probe(marked, "chapter=start_time").compactMap(Double.init)
        #expect(starts == [0, 1, 2])
    }
}
