internal import Foundation
internal import MomentsCore
import MomentsEncoding
internal import MomentsMedia
internal import MomentsRendering
internal import MomentsTestSupport
internal import Testing

@Suite("a reel whose time was tampered with", .scratchFolder)
struct TamperedReelTests {
    /// Two shots of pictures with one of some sounds: beeps that never come evenly, a tone that rises, noise.
    func rendered(_ sound: String) throws -> Rendered {
        let path = try TestMedia.make(
            "a.mp4",
            ["-f", "lavfi", "-i", "testsrc2=s=160x90:r=25:d=9", "-f", "lavfi", "-i", Self.sounds[sound] ?? ""]
                + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "25", "-bf", "0", "-sc_threshold", "0"]
                + ["-c:a", "aac", "-shortest"]
        )
        return try Rendered(path, [(1, 3), (5, 8)], quality: .original)
    }

    static let sounds = [
        "beeps": "aevalsrc='0.3*sin(2*PI*700*t)*lt(mod(t*t\\,1)\\,0.3)':d=9:s=48000",
        "tone": "aevalsrc='0.3*sin(2*PI*(300*t+75*t*t))':d=9:s=48000",
        "noise": "anoisesrc=d=9:a=0.2:r=48000:seed=5",
        "hiss": "anoisesrc=d=9:a=0.3:r=48000:seed=6,highpass=f=6000:p=2,highpass=f=6000:p=2",
    ]

    /// Changes the file as ffmpeg is told, and has it verified again; what is found, or nil.
    func verdict(_ rendered: Rendered, _ arguments: [String], _ reel: Reel? = nil) throws -> String? {
        let reel = reel ?? rendered.reel
        if !arguments.isEmpty {
            let other = ScratchFolder.path.appending("other.mp4")
            try Tool.run(
                "ffmpeg",
                ["-nostdin", "-v", "error", "-y", "-i", reel.path.text, "-c:v", "copy"] + arguments
                    + ["-video_track_timescale", "12800", other.text]
            )
            try Tool.run("mv", [other.text, reel.path.text])
        }
        do throws(Finding) {
            _ = try ReelVerifier.verify(reel, of: rendered.source, interrupt: Interrupt(), progress: { _ in })
            return nil
        } catch { return error.description }
    }

    static let encoding = ["-c:a", "aac", "-b:a", "256k"]

    @Test("sound three pictures late or early is found, whatever it is like", arguments: ["beeps", "tone", "noise"])
    func shifted(_ sound: String) throws {
        #expect(try verdict(rendered(sound), ["-af", "anull"] + Self.encoding) == nil)
        let late = try verdict(rendered(sound), ["-af", "adelay=120:all=1,atrim=0:5"] + Self.encoding)
        #expect(late?.contains(" s late") == true, "\(late ?? "nothing")")
        let early = "atrim=start=0.12,asetpts=PTS-STARTPTS,apad=whole_dur=5"
        let found = try verdict(rendered(sound), ["-af", early] + Self.encoding)
        #expect(found?.contains(" s late") == true, "\(found ?? "nothing")")
    }

    @Test("sound without a beat or low tones is not called late where it is right")
    func hiss() throws {
        #expect(try verdict(rendered("hiss"), ["-af", "anull"] + Self.encoding) == nil)
    }

    @Test("two pictures at one time are found")
    func repeated() throws {
        let filter = "setts=pts=if(eq(N\\,20)\\,PTS+DURATION\\,PTS):dts=DTS"
        let found = try verdict(rendered("beeps"), ["-bsf:v", filter, "-c:a", "copy"])
        #expect(found?.contains("shared a time") == true, "\(found ?? "nothing")")
    }

    @Test("shots in another order than planned are found", arguments: ["tone", "noise"])
    func swapped(_ sound: String) throws {
        let rendered = try rendered(sound)
        let data = try JSONEncoder().encode(rendered.reel)
        var fields = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        var shots = try #require(fields["shots"] as? [[String: Any]])
        (shots[0]["range"], shots[1]["range"]) = (shots[1]["range"], shots[0]["range"])
        fields["shots"] = shots
        let swapped = try JSONDecoder().decode(Reel.self, from: try JSONSerialization.data(withJSONObject: fields))
        let found = try verdict(rendered, [], swapped)
        #expect(found?.contains("is not the source's") == true, "\(found ?? "nothing")")
    }
}
