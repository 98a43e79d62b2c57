//! The table of both trees, walked; and who may change what.

use super::*;
use crate::{
    people::PostKind,
    requests::examples::{
        NEXT_VILLAGE, TOWNSHIP as STREET, VILLAGE as HERE, place, team, with_post,
    },
};

fn area(kind: AreaKind, id: AreaId, parent: Option<AreaId>) -> Node {
    let (reach, at) = match kind {
        AreaKind::City => (Reach::City, Place::somewhere_in(id, id)),
        AreaKind::Township => (Reach::Township(id), Place::somewhere_in(id, id)),
        AreaKind::Village | AreaKind::Community => {
            (Reach::Village(id), Place::somewhere_in(parent.unwrap_or(id), id))
        }
    };
    let parent = parent.map(Key::Area);
    Node { key: Key::Area(id), kind: Kind::Area(kind), parent, reach, at, open: true }
}

fn village(id: AreaId) -> Node {
    area(AreaKind::Village, id, Some(STREET))
}

fn team_node(kind: TeamKind, n: u128, parent: u128) -> Node {
    let reach = match kind {
        TeamKind::Squad => Reach::Squad(team(n)),
        TeamKind::Company => Reach::Company(team(n)),
        _ => Reach::Village(HERE),
    };
    let key = Key::Team(team(n));
    let parent = Some(Key::Team(team(parent)));
    Node { key, kind: Kind::Team(kind), parent, reach, at: place(), open: true }
}

#[test]
fn the_table_names_every_kind_once_and_every_parent_stands_higher() {
    let kinds: Vec<_> = Kind::all().collect();
    for (at, kind) in kinds.iter().enumerate() {
        assert!(!kinds[..at].contains(kind), "{kind:?} twice");
        for parent in kinds.iter().filter(|parent| kind.may_stand_under(Some(**parent))) {
            // A ladder that only goes down has no circle.
            assert!(kinds[..at].contains(parent), "{kind:?} under {parent:?}");
        }
    }
    assert_eq!(kinds.len(), AreaKind::ALL.len() + TeamKind::ALL.len());
}

#[test]
fn the_two_trees_do_not_grow_into_each_other() {
    for kind in Kind::all() {
        for parent in Kind::all().filter(|parent| kind.may_stand_under(Some(*parent))) {
            let same = matches!(
                (kind, parent),
                (Kind::Area(_), Kind::Area(_)) | (Kind::Team(_), Kind::Team(_))
            );
            assert!(same, "{kind:?} under {parent:?}");
        }
    }
}

#[test]
fn brigades_and_detachments_come_and_go_with_their_areas() {
    for kind in [TeamKind::Brigade, TeamKind::Detachment, TeamKind::Corps].map(Kind::Team) {
        for verb in [Verb::Add, Verb::Move, Verb::Merge, Verb::Close] {
            assert!(!kind.allows(verb), "{kind:?} {verb:?}");
        }
        assert!(kind.allows(Verb::Rename));
    }
    let takes: Vec<_> = Kind::Team(TeamKind::Brigade).takes().collect();
    assert_eq!(takes, [COMPANY, SQUAD]);
}

#[test]
fn villages_merge_with_villages_and_communities_and_with_nothing_else() {
    let (here, next) = (village(HERE), village(NEXT_VILLAGE));
    let community = area(AreaKind::Community, NEXT_VILLAGE, Some(STREET));
    let street = area(AreaKind::Township, STREET, None);

    assert_eq!(here.may_merge_into(&next), Ok(()));
    assert_eq!(here.may_merge_into(&community), Ok(()));
    assert_eq!(here.may_merge_into(&here), Err(Refusal::NotThere));
    assert_eq!(here.may_merge_into(&street), Err(Refusal::NotThere));
    let gone = Node { open: false, ..next };
    assert_eq!(here.may_merge_into(&gone), Err(Refusal::GoneAlready));
    assert_eq!(gone.may_merge_into(&here), Err(Refusal::GoneAlready));
}

#[test]
fn a_squad_moves_within_its_village_only_and_not_to_where_it_is() {
    let squad = team_node(TeamKind::Squad, 3, 2);
    let (own, other) = (team_node(TeamKind::Company, 2, 1), team_node(TeamKind::Company, 5, 1));
    let brigade = team_node(TeamKind::Brigade, 1, 0);
    let at = Place { village: NEXT_VILLAGE, ..other.at };
    let far = Node { at, ..other };

    assert_eq!(squad.may_move_under(&other), Ok(()));
    assert_eq!(squad.may_move_under(&brigade), Ok(()));
    for wrong in [own, far, squad] {
        assert_eq!(squad.may_move_under(&wrong), Err(Refusal::NotThere), "{wrong:?}");
    }
    let gone = Node { open: false, ..other };
    assert_eq!(squad.may_move_under(&gone), Err(Refusal::GoneAlready));
    assert_eq!(squad.may_merge_into(&team_node(TeamKind::Squad, 4, 5)), Ok(()));
    assert_eq!(squad.may_merge_into(&other), Err(Refusal::NotThere));
}

#[test]
fn nothing_closes_while_anything_stands_on_it() {
    let squad = team_node(TeamKind::Squad, 3, 2);
    let some = Held::default();
    let holding = [
        Held { areas: 1, ..some },
        Held { teams: 1, ..some },
        Held { doors: 1, ..some },
        Held { people: 1, ..some },
        Held { requests: 1, ..some },
    ];

    assert_eq!(squad.may_close(&some), Ok(()));
    for held in holding {
        assert_eq!(squad.may_close(&held), Err(Refusal::StillInUse), "{held:?}");
    }
    let city = area(AreaKind::City, AreaId(1), None);
    assert_eq!(city.may_close(&some), Err(Refusal::NotThere));
    assert_eq!(Node { open: false, ..squad }.may_close(&some), Err(Refusal::GoneAlready));
}

/// Who may do something to a node: centre, office, station, captains.
fn those_who_may(node: &Node, verb: Verb) -> Vec<&'static str> {
    let all = [
        ("centre", PostKind::Staff, Reach::City),
        ("office", PostKind::Staff, Reach::Township(STREET)),
        ("station", PostKind::Staff, Reach::Village(HERE)),
        ("next station", PostKind::Staff, Reach::Village(NEXT_VILLAGE)),
        ("corps", PostKind::Captain, Reach::City),
        ("brigade", PostKind::Captain, Reach::Village(HERE)),
        ("squad", PostKind::Captain, Reach::Squad(team(3))),
    ];
    let may = |(name, kind, reach)| {
        let who = with_post(40, kind, reach);
        node.may_be_changed_by(&who, node.kind.act(verb)).is_ok().then_some(name)
    };
    all.into_iter().filter_map(may).collect()
}

#[test]
fn the_centre_changes_all_the_office_teams_the_station_circles_and_captains_nothing() {
    let (squad, here) = (team_node(TeamKind::Squad, 3, 2), village(HERE));
    let company = team_node(TeamKind::Company, 2, 1);
    let brigade = team_node(TeamKind::Brigade, 1, 0);

    assert_eq!(those_who_may(&here, Verb::Merge), ["centre"]);
    assert_eq!(those_who_may(&here, Verb::Rename), ["centre"]);
    assert_eq!(those_who_may(&brigade, Verb::Rename), ["centre"]);
    assert_eq!(those_who_may(&company, Verb::Close), ["centre", "office"]);
    assert_eq!(those_who_may(&company, Verb::Rename), ["centre", "office"]);
    assert_eq!(those_who_may(&squad, Verb::Move), ["centre", "office"]);
    assert_eq!(those_who_may(&squad, Verb::Circle), ["centre", "office", "station"]);
    assert_eq!(those_who_may(&squad, Verb::Rename), ["centre", "office", "station"]);
}
