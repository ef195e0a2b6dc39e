import MomentsCore
import MomentsMedia
import MomentsSystem
import MomentsTestSupport

/// Half a minute with a lively part in the middle, whose packets tell of it: coded in 192 × 108, shown as the case says.
enum SampleMedia: String, CaseIterable, Sendable {
    case plain
    case rotated
    case anamorphic

    /// Width and height of a frame whose longer side is 96.
    var small: (width: Int, height: Int) {
        switch self {
        case .plain: (96, 54)
        case .rotated: (54, 96)
        case .anamorphic: (96, 40)
        }
    }

    /// The lively part in seconds.
    static let lively = TimeRange(start: MediaTime(ticks: 12, timescale: 1), end: MediaTime(ticks: 17, timescale: 1))

    func make() throws -> FilePath {
        func calm(_ seed: Int, _ seconds: Int) -> String {
            // Drawn alike each time, which ffmpeg's gradients are not.
            "color=c=0x50\(40 + seed)70:s=40x24:r=20,format=yuv420p,noise=alls=40:all_seed=\(seed),"
                + "scale=208:120:flags=bicubic,crop=192:108:x='8+6*sin(t/9)':y=6,trim=duration=\(seconds),setpts=N/20/TB"
        }
        let life =
            "life=size=32x18:rate=20:seed=3:ratio=0.4:mold=9,scale=192:108:flags=neighbor,trim=duration=5,setpts=N/20/TB"
        // A mark in one corner tells which way is up.
        let joined =
            "\(calm(1, 12)),setsar=1[a];\(life),setsar=1[b];\(calm(7, 13)),setsar=1[c];"
            + "[a][b][c]concat=n=3,drawbox=w=48:h=27:color=white:t=fill,"
            + "setsar=\(self == .anamorphic ? "4/3" : "1"),format=yuv420p[v]"
        let made = try TestMedia.make(
            "\(rawValue).mp4",
            ["-filter_complex", joined, "-map", "[v]"]
                + ["-c:v", "libx264", "-preset", "veryfast", "-g", "40", "-sc_threshold", "0"]
        )
        guard self == .rotated else { return made }
        return try TestMedia.make(
            "turned.mp4",
            ["-i", made.text, "-c", "copy", "-metadata:s:v:0", "rotate=90"]
        )
    }

    /// One frame as ffmpeg shows it, in bytes of a pixel format.
    static func shown(_ path: FilePath, _ number: Int, _ size: (width: Int, height: Int), _ format: String) throws
        -> [UInt8]
    {
        let small = "scale=\(size.width):\(size.height):flags=area,format=yuv420p"
        let filter = "select=eq(n\\,\(number)),\(small),scale,format=\(format)"
        let raw = try TestMedia.make(
            "frame.raw",
            ["-i", path.text, "-vf", filter, "-frames:v", "1", "-f", "rawvideo"]
        )
        return try Descriptor.openRegular(raw).read(Int(try FileStatus.of(raw).size), at: 0, of: raw)
    }
}
