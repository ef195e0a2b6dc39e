import FoundationEssentials
import MomentsCore
import MomentsSystem
import MomentsTestSupport

/// A corpus with known truth, made on the spot: four videos of a minute and a half with planted moments, one with cuts.
///
/// What is calm is a soft texture that drifts, with faint noise in the sound. Events are shapes that move, or bursts of
/// noise, or both, for six seconds each. Key pictures lie up to eight seconds apart, as usual.
struct SmallCorpus {
    /// The folder, with `planted` and `scenes` in it.
    let folder = ScratchFolder.path.appending("corpus")

    private static let size = "320x180"

    private struct Segment {
        let picture: String
        let sound: String
        let seconds: Double
        var group: String?
    }

    private struct Truth: Encodable {
        struct Event: Encodable {
            let start: Double
            let end: Double
            let group: String
        }
        struct Cut: Encodable {
            let time: Double
            let type = "hard"
            let start_frame: Int
            let end_frame: Int
        }
        let fps: String
        let frames: Int
        let duration: Double
        var events: [Event]?
        var cuts: [Cut]?
    }

    /// Makes the corpus; some seconds of one processor.
    init() throws {
        for name: FilePath in ["planted", "scenes"] { try Folder.make(folder.appending(name)) }
        let both = (0..<4).map { Segment(picture: Self.event($0), sound: Self.burst($0), seconds: 6, group: "\($0)") }
        try makePlanted("both", Self.story(both))
        let seen = (0..<4).map {
            Segment(picture: Self.event($0), sound: Self.quiet($0 + 30), seconds: 6, group: "\($0)")
        }
        try makePlanted("visual", Self.story(seen))
        let heard = (0..<4).flatMap { index in
            let calm = Self.calm(index)
            return [
                Segment(picture: calm, sound: Self.quiet(index), seconds: Double(10 + index)),
                Segment(picture: calm, sound: Self.burst(index), seconds: 6, group: "\(index)"),
                Segment(picture: calm, sound: Self.quiet(index + 9), seconds: 9),
            ]
        }
        try makePlanted("audio", heard)
        let again = [
            (0, "null", "a"), (1, "null", "b"), (0, "eq=brightness=0.05", "a"), (1, "hflip", "b"), (3, "null", "c"),
            (2, "null", "d"),
        ]
        try makePlanted(
            "again",
            Self.story(
                again.map { look, change, group in
                    let picture = Self.event(look) + "," + change
                    return Segment(picture: picture, sound: Self.burst(look), seconds: 6, group: group)
                },
                pause: 12
            )
        )
        try makeScenes()
    }

    /// Events with calm between them.
    private static func story(_ events: [Segment], pause: Double = 14) -> [Segment] {
        let told = events.enumerated().flatMap { index, event in
            let seconds = pause + Double(index % 3) * 2
            return [Segment(picture: calm(index), sound: quiet(index), seconds: seconds), event]
        }
        return told + [Segment(picture: calm(events.count), sound: quiet(99), seconds: pause)]
    }

    /// A texture as soft as an unsharp background; `strength` 40 for a calm one.
    private static func texture(_ seed: Int, _ color: String, strength: Int, rate: Int, pace: String) -> String {
        "color=c=\(color):s=40x24:r=\(rate),format=yuv420p,noise=alls=\(strength):all_seed=\(seed * 7 + 1),"
            + "scale=360:200:flags=bicubic,crop=320:180:x='10+8*sin(\(pace))':y=8"
    }

    private static func calm(_ index: Int) -> String {
        let colors = ["0x506070", "0x405840", "0x605048", "0x384858"]
        return texture(index, colors[index % 4], strength: 40, rate: 12, pace: "t/9")
    }

    private static func event(_ index: Int) -> String {
        switch index % 4 {
        case 0: boxes("0x808870", ["red", "yellow", "0x20ff60"])
        case 1:
            "life=s=80x46:r=12:mold=10:ratio=0.3:seed=7:life_color=0xffc040:death_color=0x203080,scale=\(size):flags=neighbor"
        case 2: "testsrc2=s=\(size):r=12"
        default: boxes("0x303848", ["white", "0x20a0ff", "0xff40ff", "black"])
        }
    }

    /// Patches that swing about over a background, all of them with texture: flat ones would show no motion inside.
    private static func boxes(_ background: String, _ colors: [String]) -> String {
        var graph = "color=c=\(background):s=40x24:r=12,format=yuv420p,noise=alls=40:all_seed=77,"
        graph += "scale=360:200:flags=bicubic,crop=320:180"
        for (index, color) in colors.enumerated() {
            graph += "[b\(index)];color=c=\(color):s=14x12:r=12,format=yuv420p,noise=alls=90:all_seed=\(index + 11),"
            graph += "scale=\(76 - 6 * index):\(64 - 4 * index):flags=bicubic[c\(index)];"
            graph +=
                "[b\(index)][c\(index)]overlay=x='110+100*sin(\(2 + index)*t+\(index))':y='60+50*cos(\(3 + index)*t)'"
        }
        return graph
    }

    private static func quiet(_ seed: Int) -> String { "anoisesrc=c=pink:a=0.02:r=48000:seed=\(seed + 1)" }

    private static func burst(_ index: Int) -> String {
        let period = 0.5 + 0.1 * Double(index)
        return
            "anoisesrc=c=pink:a=0.9:r=48000:seed=\(index + 50),volume='if(lt(mod(t,\(period)),0.2),1,0.12)':eval=frame"
    }

    private func makePlanted(_ name: String, _ segments: [Segment]) throws {
        var (time, events) = (0.0, [Truth.Event]())
        for segment in segments {
            if let group = segment.group {
                events.append(.init(start: time, end: time + segment.seconds, group: group))
            }
            time += segment.seconds
        }
        let pictures = segments.map { "\($0.picture),fps=12,trim=duration=\($0.seconds),setsar=1,format=yuv420p" }
        let sounds = segments.map {
            "\($0.sound),atrim=duration=\($0.seconds),aformat=sample_fmts=fltp:channel_layouts=mono"
        }
        try encode("planted/\(name)", pictures, sounds)
        let truth = Truth(fps: "12", frames: Int(time * 12), duration: time, events: events)
        try write(truth, "planted/\(name)")
    }

    private func makeScenes() throws {
        func mandelbrot(_ x: Double, _ y: Double, _ scale: Double) -> String {
            "mandelbrot=s=\(Self.size):r=25:start_x=\(x):start_y=\(y):start_scale=\(scale):end_scale=\(scale * 0.6):end_pts=400"
        }
        func texture(_ seed: Int, _ color: String) -> String {
            Self.texture(seed, color, strength: 90, rate: 25, pace: "t")
        }
        let test = "testsrc2=s=\(Self.size):r=25"
        let looks: [(String, Int)] = [
            (texture(0, "0x405870"), 3), (mandelbrot(-0.74, -0.13, 0.5), 1), (texture(1, "0x906040"), 2), (test, 4),
            (mandelbrot(-0.1, 0.8, 0.3), 2), (texture(2, "0x508050"), 1), ("smptehdbars=s=\(Self.size):r=25", 3),
            (texture(3, "0xa0a0a0"), 2), (mandelbrot(0.3, 0.5, 0.2), 5), (texture(4, "0x804080"), 1),
            (test + ",hue=h=90,hflip", 2), (texture(5, "0x303848"), 3),
        ]
        var (second, cuts) = (0, [Truth.Cut]())
        for (_, seconds) in looks {
            if second > 0 { cuts.append(.init(time: Double(second), start_frame: second * 25, end_frame: second * 25)) }
            second += seconds
        }
        try encode("scenes/cuts", looks.map { "\($0.0),trim=duration=\($0.1),setsar=1,format=yuv420p" }, [])
        try write(Truth(fps: "25", frames: second * 25, duration: Double(second), cuts: cuts), "scenes/cuts")
    }

    private func encode(_ name: String, _ pictures: [String], _ sounds: [String]) throws {
        let inputs = (pictures + sounds).flatMap { ["-f", "lavfi", "-i", $0] }
        let labels = pictures.indices.map { "[\($0):v]" + (sounds.isEmpty ? "" : "[\($0 + pictures.count):a]") }
        let graph = labels.joined() + "concat=n=\(pictures.count):v=1:a=\(sounds.isEmpty ? 0 : 1)"
        let coding = [
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "28", "-g", "96", "-x264-params", "mbtree=0", "-c:a",
            "aac",
        ]
        let path = folder.appending(FilePath(name + ".mp4"))
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-y"] + inputs + ["-filter_complex", graph] + coding + [path.text]
        )
    }

    private func write(_ truth: Truth, _ name: String) throws {
        let path = folder.appending(FilePath(name + ".truth.json"))
        try AtomicFile.replace(path, with: try MomentsJSON.document(truth), durable: false)
    }
}
