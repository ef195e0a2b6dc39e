internal import Foundation
internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsTestSupport
internal import Testing

@Suite("writing stills", .scratchFolder)
struct StillWriterTests {
    /// A still of a file's first frame, and its middle's red, green and blue by ffmpeg.
    func color(_ path: FilePath, _ format: StillFormat) throws -> [UInt8] {
        let source = try SourceProbe.open(path, interrupt: Interrupt())
        let reader = try MediaReader(source, tracks: .video, threads: 1, interrupt: Interrupt())
        _ = try reader.next()
        let preparation = FramePreparation(of: source.video.format, width: 64, purpose: .still)
        let bytes = try reader.withFrame { frame in
            try StillWriter.bytes(frame, preparation, as: StillForm(format, .fine))
        }
        let frame = ScratchFolder.path.appending("a.\(format.fileExtension)").text
        let raw = ScratchFolder.path.appending("a.rgb").text
        try Data(bytes).write(to: URL(fileURLWithPath: frame))
        try Tool.run(
            "ffmpeg",
            ["-nostdin", "-v", "error", "-i", frame, "-vf", "crop=2:2:16:16", "-pix_fmt", "rgb24", "-f", "rawvideo"]
                + [raw]
        )
        return Array(try Data(contentsOf: URL(fileURLWithPath: raw)).prefix(3))
    }

    @Test(
        "colours survive, whatever matrix and range the video has",
        arguments: [
            ["format=yuv420p,scale=out_color_matrix=bt709", "-colorspace", "bt709"],
            ["format=yuv420p,scale=out_color_matrix=bt601", "-colorspace", "smpte170m"],
            ["scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p", "-color_range", "pc"],
            ["format=yuv444p,scale=out_color_matrix=bt709", "-colorspace", "bt709"],
        ],
        StillFormat.allCases
    )
    func colors(_ options: [String], format: StillFormat) throws {
        let source = "color=0xC83214:s=128x72:d=0.2:r=10,format=gbrp,\(options[0])"
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", source, "-c:v", "libx264", "-qp", "1"] + options.dropFirst()
        )
        let found = try color(path, format)
        for (value, expected) in zip(found, [0xC8, 0x32, 0x14]) {
            #expect(abs(Int(value) - expected) <= 5, "\(found)")
        }
    }
}
