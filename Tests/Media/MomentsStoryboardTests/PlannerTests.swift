import MomentsCore
import MomentsStoryboard
import Testing

@Suite("stories become storyboards")
struct PlannerTests {
    @Test("each sentence is a shot with a picture in turn, and never more than are wanted")
    func sentences() {
        var story = Story(prompt: "The sea is calm. Dr. Lee looks up! What is there? A whale. It dives.")
        story.images = ["a.jpg", "b.png"]
        story.maxShots = 4
        let board = StoryPlanner(story, in: .modern).plan()
        #expect(board.shots.count == 4)
        #expect(board.shots.map(\.image) == ["a.jpg", "b.png", "a.jpg", "b.png"])
        #expect(board.shots.map(\.text).joined(separator: " ") == story.prompt)
        #expect(board.shots.allSatisfy { $0.generator == "local:kenburns" && $0.duration >= 3 })
        #expect(Set(board.shots.map(\.id)).count == 4)
        #expect(board == StoryPlanner(story, in: .modern).plan())
    }

    @Test("without pictures words are shown, or earlier footage where some fits")
    func generators() {
        let story = Story(prompt: "Waves roll in. Children laugh.")
        let board = StoryPlanner(story, in: .modern) { $0.contains("Waves") }.plan()
        #expect(board.shots.map(\.generator) == ["local:archive", "local:cards"])
    }

    @Test("a product is told in its language and flavour, with the call at its end", arguments: StoryLanguage.allCases)
    func products(language: StoryLanguage) {
        for style in ClipFlavour.allCases.map(\.style) {
            var story = Story()
            story.product = Story.Product(name: "Blue Kettle", callToAction: "Buy now")
            (story.language, story.style) = (language, style.name)
            let texts = StoryPlanner(story, in: style).plan().shots.map(\.text)
            #expect(texts.count >= 2 && texts.last == "Buy now.")
            #expect(texts.joined().contains("Blue Kettle") && !texts.joined().contains("%"))
        }
    }

    @Test("a concept becomes as many scenes as are wanted")
    func concept() {
        var story = Story(prompt: "A lighthouse keeper finds a letter")
        (story.isPlanOnly, story.maxShots) = (true, 7)
        let board = StoryPlanner(story, in: .modern).plan()
        #expect(board.shots.count == 7 && Set(board.shots.map(\.text)).count >= 6)
        #expect(board.shots.allSatisfy { $0.text.contains("lighthouse") })
    }

    @Test("what a person says of a shot stays, and what he leaves out is filled in")
    func edited() {
        var (first, second) = (StoryShot(), StoryShot())
        (first.id, first.duration, first.motion) = ("intro", 1.5, .panUp)
        (second.id, second.text) = ("intro", "Words")
        var story = Story()
        story.shots = [first, second]
        let shots = StoryPlanner(story, in: .modern).plan().shots
        #expect(shots[0].duration == 1.5 && shots[0].motion == .panUp)
        #expect(shots[0].id == "intro" && shots[1].id != "intro")
    }

    @Test("what is sold is what every shot is to keep to, unless another picture is named")
    func reference() {
        var story = Story()
        story.product = Story.Product(name: "Kettle", image: "kettle.png")
        #expect(StoryPlanner(story, in: .modern).plan().reference == "kettle.png")
        story.reference = "hero.png"
        #expect(StoryPlanner(story, in: .modern).plan().reference == "hero.png")
    }

    @Test("what has no word is not spoken, and of a thousand sentences short ones are spoken in one breath")
    func spoken() {
        #expect(Sentences.spoken("Great day! 🎉 !!! Next. - …", most: 9) == ["Great day!", "Next."])
        #expect(Sentences.spoken("🎉", most: 9).isEmpty)
        let many = (0..<1600).map { "\($0 % 10)!" }.joined(separator: " ")
        let pieces = Sentences.spoken(many, most: 300)
        #expect(pieces.count == 300 && pieces.joined(separator: " ") == many)
        #expect(pieces.allSatisfy { $0.count < 40 })
    }

    @Test("sentences end where they end")
    func split() {
        #expect(
            Sentences.split("Hi. Mr. Fox paid 3.50 € on the 3. of May! \nNew line 你好。再见？") == [
                "Hi.", "Mr. Fox paid 3.50 € on the 3. of May!", "New line 你好。", "再见？",
            ]
        )
        #expect(Sentences.split(" \n ").isEmpty)
    }
}
