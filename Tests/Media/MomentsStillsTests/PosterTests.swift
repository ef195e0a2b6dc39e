internal import MomentsCore
internal import MomentsMedia
internal import MomentsStills
internal import MomentsTestSupport
internal import Testing

@Suite("the poster", .scratchFolder)
struct PosterTests {
    /// Two seconds each of a chain applied to the same moving frame, joined; 10 frames a second.
    private func clip(_ chains: [String]) throws -> FilePath {
        let inputs = chains.flatMap {
            ["-f", "lavfi", "-i", "mandelbrot=s=320x180:r=10:start_scale=0.4:end_scale=0.3,trim=end_frame=20,\($0)"]
        }
        return try TestMedia.make(
            "a.mp4",
            inputs + [
                "-filter_complex", "concat=n=\(chains.count),format=yuv420p", "-c:v", "libx264",
                "-preset", "ultrafast",
            ]
        )
    }

    private func poster(_ path: FilePath, at seconds: [Double], weights: [Double] = []) throws -> Still {
        let candidates = seconds.enumerated().map { index, time in
            PosterCandidate(
                time: MediaTime(seconds: time),
                weight: index < weights.count ? weights[index] : 1
            )
        }
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        return try Poster.make(source, places: FramePlaces(source), candidates: candidates, interrupt: Interrupt())
    }

    @Test("a sharp frame wins over a blurred one", arguments: [["boxblur=6", "null"], ["null", "boxblur=6"]])
    func sharp(chains: [String]) throws {
        let still = try poster(try clip(chains), at: [1, 3])
        #expect((still.time.seconds < 2) == (chains[0] == "null"))
        #expect(try Shown(still).size == "320x180")
    }

    @Test(
        "a well exposed frame wins over a dark or a burnt one",
        arguments: ["eq=brightness=-0.45", "eq=brightness=0.5"]
    )
    func exposed(chain: String) throws {
        #expect(try poster(try clip([chain, "null"]), at: [1, 3]).time.seconds > 2)
    }

    @Test("black never wins, whatever its moment's score")
    func black() throws {
        let still = try poster(try clip(["drawbox=c=black:t=fill", "boxblur=4"]), at: [1, 3], weights: [100, 0.1])
        #expect(still.time.seconds > 2)
        #expect(still.isGood)
    }

    @Test("without a good candidate, good frames elsewhere are found")
    func elsewhere() throws {
        let path = try clip(["drawbox=c=black:t=fill", "null"])
        for candidates in [[], [0.5, 1]] {
            let still = try poster(path, at: candidates)
            #expect(still.time.seconds >= 2)
            #expect(still.isGood)
        }
    }

    @Test("it has the size the video is shown at, the right way up")
    func shownSize() throws {
        let upright = try TestMedia.clip("b.mp4", seconds: 1, extra: ["-vf", "setsar=4/3"])
        let turned = try TestMedia.make("c.mp4", ["-i", upright.text, "-c", "copy", "-metadata:s:v:0", "rotate=90"])
        #expect(try Shown(try poster(turned, at: [0.5])).size == "90x214")
    }

    @Test("a candidate behind the end, or in a video of one frame, does no harm")
    func beyond() throws {
        let path = try TestMedia.clip("a.mp4", seconds: 0.04, extra: ["-frames:v", "1", "-an"])
        #expect(try poster(path, at: [0, 5]).time == .zero)
    }
}
