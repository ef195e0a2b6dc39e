import MomentsCore
import Testing

@Suite("stories in manifests that others may have written")
struct StoryTests {
    @Test("texts and lists are cut when they are read, and what is ours stays")
    func cut() {
        let long = String(repeating: "x", count: 1 << 20)
        var story = Story(prompt: long)
        (story.title, story.generator, story.preferences) = (long, long, [String](repeating: long, count: 50))
        story.images = [FilePath](repeating: "a.jpg", count: 1000) + [FilePath(long)]
        story.reference = FilePath(long)
        story.product = Story.Product(name: long, callToAction: long, image: FilePath(long))
        story.voice = .text(long)
        var shot = StoryShot()
        (shot.id, shot.text, shot.image, shot.generator) = (long, long, FilePath(long), long)
        story.shots = [StoryShot](repeating: shot, count: 500)
        var options = JobOptions()
        (options.story, options.voiceOver) = (story, .text(long))
        (options.want, options.avoid) = ([String](repeating: long, count: 99), [long])
        let now = Timestamp.now
        let source = SourceInfo(name: "a.story.json", folder: "", size: 1, modifiedAt: now)
        let job = JobIdentifier.make()
        let manifest = Manifest(jobID: job, source: source, config: options, preset: nil, at: now)
        // A quarter of a megabyte of what was 600 MB.
        #expect((try? MomentsJSON.line(manifest.cut()).count).map { $0 < 256 << 10 } == true)
        var own = Story(prompt: "The sea.")
        (own.voice, own.images, own.shots) = (.script, ["a.jpg"], [StoryShot()])
        options = JobOptions()
        (options.story, options.want) = (own, ["goals"])
        let ours = Manifest(jobID: job, source: source, config: options, preset: nil, at: now)
        #expect(ours.cut() == ours)
    }
}
