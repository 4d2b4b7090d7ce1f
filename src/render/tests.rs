use super::message::*;
use super::samples::*;
use super::*;
use crate::domain::*;

#[test]
fn look() {
    use crate::domain::request::command::*;
    use crate::domain::request::*;
    let p = |s: &Story, n: Notice| println!("--\n{}", on_paper(&notice(&s.view(), &n, s.request(), s.events.last())));
    for en in [false, true] {
        let m = |s: Story| if en { s.in_english() } else { s };
        let s = m(Story::tap());
        p(&s, Notice::Card);
        let s = m(Story::tap().sent());
        p(&s, Notice::Card);
        p(&s, Notice::Status { seq: 0 });
        println!("{:#}", order(&s.words, &s.register, s.organisation(), s.request()).unwrap().body);
        let s = m(Story::chairs());
        p(&s, Notice::Card);
        let s = m(Story::chairs().wait(1).does("alice", Command::Confirm));
        p(&s, Notice::ApprovalCard { revision: 1 });
        p(&s, Notice::ApprovalReminder);
        p(&s, Notice::ApprovalEscalation);
        let s = m(Story::chairs().approved());
        p(&s, Notice::Status { seq: 0 });
        p(&s, Notice::ApprovalCard { revision: 1 });
        let s = m(Story::chairs().sent());
        let o = order(&s.words, &s.register, s.organisation(), s.request()).unwrap();
        println!("{}\n{}", o.subject, o.body);
        println!("{}", on_paper(&answer::show(&s.view(), s.request(), &s.events)));
    }
}
